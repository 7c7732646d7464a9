// Records what no tap above the kernel can see: TCP acknowledges a message whose program never runs
// again. tcpdump watches the loopback interface. Run as root: npm run record:tcp-ack

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { createFront } from '../server/front/front.ts';
import { Labs } from '../server/lab/labs.ts';
import { LABS_VERSION } from '../src/contract/labs.ts';

const NAME = 'tcp-ack';
const FOLDER = 'content/captures';
/** Of the lane's program: it waits so long for an answer before it sends again. */
const AGAIN_MS = 400;
const QUIET_MS = 120_000;

/** A real client in a process of its own, which answers every event. */
const CLIENT = `
  import { io } from 'socket.io-client';
  const [url, path] = process.argv.slice(1);
  const socket = io(url, { path, transports: ['websocket'], reconnection: false });
  socket.on('connect', () => console.log('connected'));
  socket.on('news', ({ id }, answer) => {
    console.log('handled ' + id);
    answer();
  });
`;

/** Resolves when the process has written a line that says so. */
async function line(stream: NodeJS.ReadableStream | null, text: string): Promise<void> {
  if (!stream) throw new Error('a process without output');
  const lines = createInterface(stream);
  for await (const one of lines) if (one.includes(text)) return;
  throw new Error(`it ended before it said "${text}"`);
}

async function startTcpdump(port: number): Promise<ChildProcess & { readonly parts: Buffer[] }> {
  const options = ['-i', 'lo', '-w', '-', '--immediate-mode', '-U', '-s', '0'];
  const tcpdump = spawn('tcpdump', [...options, 'tcp', 'port', `${port}`]);
  const parts: Buffer[] = [];
  tcpdump.stdout.on('data', (part: Buffer) => parts.push(part));
  await line(tcpdump.stderr, 'listening on');
  return Object.assign(tcpdump, { parts });
}

/** One learner's lab, on a port that nothing else uses: what tcpdump sees is this connection alone. */
async function startLab() {
  const labs = new Labs();
  const sockets = new Set<Socket>();
  const front = createFront(labs);
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    front(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const lane = { exercise: 'missed-retry', transports: ['websocket'] } as const;
  const quiet = { pingIntervalMs: QUIET_MS, pingTimeoutMs: QUIET_MS };
  const opened = labs.open(
    { version: LABS_VERSION, lanes: { main: { ...lane, ...quiet, transports: ['websocket'] } } },
    '127.0.0.1',
  );
  const lab = opened.ok ? labs.find(opened.value.lab) : undefined;
  if (!lab) throw new Error(opened.ok ? 'no lab was opened' : opened.message);
  const stop = async (): Promise<void> => {
    labs.closeAll();
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  };
  return { lab, port: (server.address() as AddressInfo).port, stop };
}

const { lab, port, stop } = await startLab();
const tcpdump = await startTcpdump(port);
const url = `http://127.0.0.1:${port}`;
const client = spawn(
  process.execPath,
  ['--input-type=module', '-e', CLIENT, url, `/lab/${lab.id}/main/socket.io`],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
const said = createInterface(client.stdout);
const heard: string[] = [];
said.on('line', (one) => heard.push(one));
const hears = async (text: string): Promise<void> => {
  while (!heard.includes(text)) await once(said, 'line');
};
await hears('connected');
lab.order('main', 'start', { count: 2, everyMs: 1_500, firstMs: 200 });
await hears('handled s-1');
await wait(300);
// From here on its program does not run: its kernel does.
client.kill('SIGSTOP');
await wait(1_200 + 3 * AGAIN_MS);
tcpdump.kill('SIGINT');
await once(tcpdump, 'close');
client.kill('SIGKILL');
await stop();
if (heard.includes('handled s-2')) throw new Error('the client ran although it was stopped');

await writeFile(`${FOLDER}/${NAME}.pcap`, Buffer.concat(tcpdump.parts));
const version = async (name: string): Promise<string> =>
  (JSON.parse(await readFile(`node_modules/${name}/package.json`, 'utf8')) as { version: string })
    .version;
const manifest = {
  captures: [NAME],
  shows:
    'A lab sends two messages to a client on the same computer. After the first, the client’s process is stopped (SIGSTOP). Its kernel acknowledges the second at TCP; its program never handles it.',
  script: 'scripts/record-tcp-ack.ts',
  seenBy: 'tcpdump on the loopback interface, this connection alone',
  recordedAt: new Date().toISOString(),
  versions: {
    node: process.versions.node,
    linux: execFileSync('uname', ['-r'], { encoding: 'utf8' }).trim(),
    tcpdump: /tcpdump version (\S+)/.exec(
      execFileSync('tcpdump', ['--version'], { encoding: 'utf8' }),
    )?.[1],
    'socket.io': await version('socket.io'),
    'socket.io-client': await version('socket.io-client'),
  },
};
await writeFile(`${FOLDER}/${NAME}.json`, `${JSON.stringify(manifest, null, 2)}\n`);
console.log(`${FOLDER}/${NAME}.pcap`);
