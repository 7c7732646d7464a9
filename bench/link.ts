// What the tap and an idle link cost: the same lane with nothing in front of it, and behind the front
// with tap and link, in turns, in one run. Prints JSON; fails when the promise is broken.

import { type AddressInfo, createServer, type Socket } from 'node:net';
import { io } from 'socket.io-client';
import { createFront } from '../server/front/front.ts';
import { EXERCISES } from '../server/lab/exercises/index.ts';
import { Labs } from '../server/lab/labs.ts';
import { Lane } from '../server/lab/lane.ts';
import { LABS_VERSION } from '../src/contract/labs.ts';

const [PORT_BARE, PORT_LAB] = [4_581, 4_582];
const ROUNDS = 7;
const ECHOES = 20_000;
const AT_ONCE = 64;
const ALONE = 3_000;
const PAYLOAD = 'x'.repeat(100);
const request = { exercise: 'hello', transports: ['websocket'] as ('polling' | 'websocket')[] };

const listen = async (port: number, accept: (socket: Socket) => void) => {
  const server = createServer({ allowHalfOpen: true }, accept);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

async function connect(port: number, path: string) {
  const options = { path: `${path}socket.io`, transports: ['websocket'], forceNew: true };
  const client = io(`http://127.0.0.1:${port}`, options);
  await client.emitWithAck('echo', 0);
  return client;
}

type Client = Awaited<ReturnType<typeof connect>>;

/** Echoes a second, so many at once. */
async function throughput(client: Client): Promise<number> {
  const start = performance.now();
  let left = ECHOES;
  const worker = async (): Promise<void> => {
    while (left-- > 0) await client.emitWithAck('echo', PAYLOAD);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return ECHOES / ((performance.now() - start) / 1_000);
}

/** Milliseconds of each echo, one after the other. */
async function delays(client: Client): Promise<number[]> {
  const all: number[] = [];
  for (let i = 0; i < ALONE; i++) {
    const start = performance.now();
    await client.emitWithAck('echo', PAYLOAD);
    all.push(performance.now() - start);
  }
  return all;
}

const median = (all: readonly number[]): number =>
  all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;

const exercise = EXERCISES.find(({ name }) => name === request.exercise);
if (!exercise) throw new Error('no such exercise');
const lane = new Lane({ path: '/lab/bench/main/', note: () => undefined }, exercise, request);
await listen(PORT_BARE, (socket) => {
  socket.setNoDelay(true);
  lane.accept(socket);
});
const labs = new Labs();
await listen(PORT_LAB, createFront(labs));
const opened = labs.open({ version: LABS_VERSION, lanes: { main: request } }, '127.0.0.1');
if (!opened.ok) throw new Error(opened.message);
const bare = await connect(PORT_BARE, '/lab/bench/main/');
const lab = await connect(PORT_LAB, `/lab/${opened.value.lab}/main/`);

const rates: { bare: number[]; lab: number[] } = { bare: [], lab: [] };
const times: { bare: number[]; lab: number[] } = { bare: [], lab: [] };
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, client] of [
    ['bare', bare],
    ['lab', lab],
  ] as const) {
    const rate = await throughput(client);
    const time = await delays(client);
    // The first round warms up.
    if (round === 0) continue;
    rates[name].push(rate);
    times[name].push(...time);
  }
}
const figures = {
  echoesPerSecond: { bare: median(rates.bare), lab: median(rates.lab) },
  share: median(rates.lab) / median(rates.bare),
  delayMs: { bare: median(times.bare), lab: median(times.lab) },
  addedMs: median(times.lab) - median(times.bare),
  promised: { share: 0.8, addedMs: 0.2 },
};
process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
process.exit(figures.share >= 0.8 && figures.addedMs <= 0.2 ? 0 : 1);
