// tcpdump on the loopback interface, where it may run. For tests only.

import { spawn, spawnSync } from 'node:child_process';
import { expect, vi } from 'vitest';
import { readPcapStreams, type Streams } from './pcap-streams.ts';

/** Why tcpdump cannot watch the loopback interface here, or nothing where it can. */
export function whyNoWitness(): string | undefined {
  if (process.platform !== 'linux') return `tcpdump on "lo" is for Linux, not ${process.platform}`;
  if (process.getuid?.() !== 0) return 'tcpdump needs root';
  // With -d it opens the interface, compiles the filter, and ends.
  const tried = spawnSync('tcpdump', ['-i', 'lo', '-d', 'tcp'], { encoding: 'utf8' });
  if (tried.error) return `tcpdump does not start: ${tried.error.message}`;
  return tried.status === 0 ? undefined : `tcpdump cannot capture: ${tried.stderr.trim()}`;
}

export async function startTcpdump(port: number) {
  // The buffer is large, so that the kernel drops nothing; the file is the pipe.
  const options = ['-i', 'lo', '-w', '-', '--immediate-mode', '-U', '-s', '0', '-B', '65536'];
  const tcpdump = spawn('tcpdump', [...options, 'tcp', 'port', String(port)]);
  const parts: Buffer[] = [];
  let said = '';
  tcpdump.stdout.on('data', (part: Buffer) => parts.push(part));
  tcpdump.stderr.on('data', (part: Buffer) => {
    said += part.toString();
  });
  const ended = new Promise((resolve) => tcpdump.once('close', resolve));
  await vi.waitFor(() => expect(said).toContain('listening on lo'), 10_000);
  return {
    streams: (): Streams => readPcapStreams(Buffer.concat(parts)),
    stop: async (): Promise<string> => {
      tcpdump.kill('SIGINT');
      await ended;
      return said;
    },
  };
}
