// The command `wirelight`. The only file that reads the environment and ends the process.

import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';

const USAGE = `wirelight: learn how networked programs talk, with the real bytes on the screen

  wirelight [serve]        start the server          [--port 3000] [--lab-port 3001|same]
                                                     [--lab-url URL] [--host 0.0.0.0] [--data DIR]
  wirelight dissect FILE   print a capture, pcap or  [--json] [--filter EXPRESSION]
                           pcapng, packet by packet
  wirelight simulate FILE  run a network scenario    [--pcapng OUT] [--at client|server] [--json]`;

const io = {
  out: (line: string) => void process.stdout.write(`${line}\n`),
  err: (line: string) => void process.stderr.write(`${line}\n`),
  /** Read at once, since nothing else is to be done meanwhile, and not copied. */
  readFile: async (path: string) => {
    const { buffer, byteOffset, length } = readFileSync(path);
    return new Uint8Array(buffer, byteOffset, length);
  },
  writeFile: (path: string, bytes: Uint8Array) => writeFile(path, bytes),
};

async function main(args: readonly string[]): Promise<number | undefined> {
  const [command, ...rest] = args;
  // Each command loads what it needs and no more.
  if (command === 'dissect') return (await import('./cli/dissect.ts')).dissect(rest, io);
  if (command === 'simulate') return (await import('./cli/simulate.ts')).simulate(rest, io);
  if (command === '--help' || command === 'help') {
    io.out(USAGE);
    return 0;
  }
  if (command === undefined || command === 'serve' || command.startsWith('--')) {
    const isDevelopment = process.env.WIRELIGHT_DEV === '1';
    const { serve } = await import('./cli/serve.ts');
    return serve(command === 'serve' ? rest : args, { ...io, isDevelopment });
  }
  io.err(`wirelight: there is no command "${command}"\n\n${USAGE}`);
  return 2;
}

const status = await main(process.argv.slice(2));
if (status !== undefined) process.exitCode = status;
