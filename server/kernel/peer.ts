// The program at one end of a kernel link, by the same script as a simulated one. It runs in a namespace
// of its own, in a process of its own, so its functions are handed over as text: they
// use nothing but each other and Node.

import type { Socket } from 'node:net';

export interface PeerTask {
  readonly role: 'client' | 'server';
  readonly kind: 'tcp' | 'udp';
  readonly local: { readonly address: string; readonly port: number };
  readonly remote: { readonly address: string; readonly port: number };
  /** Times in ms since the word to begin. For UDP each is a datagram. */
  readonly writes: readonly { readonly at: number; readonly bytes: number }[];
  readonly pauses: readonly { readonly from: number; readonly to: number }[];
  readonly closes: 'done' | 'after peer' | 'never' | number;
  readonly abortsAt?: number;
  /** Small segments leave at once (TCP_NODELAY). */
  readonly isHasty?: boolean;
  /** Nothing listens here. */
  readonly isDeaf?: boolean;
}

/** What it says, one JSON value a line. */
export type PeerWord =
  | { readonly word: 'ready' }
  | { readonly word: 'over'; readonly received: number; readonly problem?: string };

export const programOf = (task: PeerTask): string =>
  // A compiler that keeps names calls a function of its own.
  `globalThis.__name = (f) => f; ${PARTS.map(String).join('\n')} ${peer.name}(${JSON.stringify(task)});`;

function peer(task: PeerTask): void {
  let begin = () => {};
  const ready = (run: () => void) => {
    begin = run;
    say({ word: 'ready' });
  };
  if (task.kind === 'udp') udpEnd(task, ready);
  else if (task.role === 'client') tcpClient(task, ready);
  else tcpServer(task, ready);
  // The owner's end is this one's end, also where the owner was killed.
  process.stdin.on('data', () => begin()).on('end', () => process.exit());
}

function say(word: PeerWord): void {
  process.stdout.write(`${JSON.stringify(word)}\n`);
}

/** The alphabet over and over, as in the simulator. */
function pattern(bytes: number): Buffer {
  return Buffer.alloc(bytes, 'abcdefghijklmnopqrstuvwxyz');
}

function later(ms: number, run: () => void): void {
  if (ms <= 0) run();
  else setTimeout(run, ms);
}

function tcpClient(task: PeerTask, ready: (begin: () => void) => void): void {
  const net = process.getBuiltinModule('node:net');
  ready(() => {
    const begunAt = performance.now();
    const { address: host, port } = task.remote;
    const { address: localAddress, port: localPort } = task.local;
    const way = { host, port, localAddress, localPort, allowHalfOpen: true };
    const socket = net.connect(way, () => playTcp(task, socket, begunAt));
    watch(socket);
  });
}

function tcpServer(task: PeerTask, ready: (begin: () => void) => void): void {
  const net = process.getBuiltinModule('node:net');
  let begunAt = performance.now();
  const begin = () => {
    begunAt = performance.now();
  };
  const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
    server.close();
    watch(socket);
    playTcp(task, socket, begunAt);
    const now = performance.now() - begunAt;
    if (!task.pauses.some(({ from, to }) => now >= from && now < to)) socket.resume();
  });
  if (task.isDeaf) ready(begin);
  else server.listen(task.local.port, task.local.address, () => ready(begin));
}

/** Says when the connection is over, and what had been read by then. */
function watch(socket: Socket): void {
  let problem: string | undefined;
  let received = 0;
  socket.on('data', (part) => {
    received += part.length;
  });
  socket.pause();
  socket.on('error', (error) => {
    problem = error.message;
  });
  socket.on('close', () => say({ word: 'over', received, ...(problem && { problem }) }));
}

function playTcp(task: PeerTask, socket: Socket, begunAt: number): void {
  const { writes, closes, abortsAt, pauses, isHasty = false } = task;
  socket.setNoDelay(isHasty);
  const left = (at: number) => at - (performance.now() - begunAt);
  const end = () => socket.end();
  let offset = 0;
  for (const [index, { at, bytes }] of writes.entries()) {
    const from = offset;
    offset += bytes;
    later(left(at), () => {
      socket.write(pattern(from + bytes).subarray(from));
      if (closes === 'done' && index === writes.length - 1) end();
    });
  }
  if (closes === 'done' && writes.length === 0) end();
  if (closes === 'after peer') socket.on('end', end);
  if (typeof closes === 'number') later(left(closes), end);
  if (abortsAt !== undefined) later(left(abortsAt), () => socket.resetAndDestroy());
  if (task.role === 'client') socket.resume();
  for (const { from, to } of pauses) {
    if (left(to) <= 0) continue;
    later(left(from), () => socket.pause());
    later(left(to), () => socket.resume());
  }
}

function udpEnd(task: PeerTask, ready: (begin: () => void) => void): void {
  const dgram = process.getBuiltinModule('node:dgram');
  const socket = dgram.createSocket('udp4');
  let problem: string | undefined;
  let received = 0;
  socket.on('message', (part) => {
    received += part.length;
  });
  socket.on('error', (error) => {
    problem = error.message;
  });
  const begin = () => {
    const { address, port } = task.remote;
    for (const { at, bytes } of task.writes) {
      later(at, () => socket.send(pattern(bytes), port, address));
    }
    const last = task.writes.at(-1)?.at ?? 0;
    later(last + 1, () => say({ word: 'over', received, ...(problem && { problem }) }));
  };
  if (task.isDeaf) ready(begin);
  else socket.bind(task.local.port, task.local.address, () => ready(begin));
}

const PARTS = [peer, say, pattern, later, tcpClient, tcpServer, watch, playTcp, udpEnd];
