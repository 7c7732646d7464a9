// What five lanes cost the server, and what 50 learners with five lanes each wait for it: the labs as
// they are served, with a page that watches each tap, and the same lanes with nothing in front, in turns in one
// run. Prints JSON; fails when the promise is broken.

import { fork } from 'node:child_process';
import { loadavg } from 'node:os';
import { io, type Socket } from 'socket.io-client';
import { LABS_VERSION, type OpenedLab, type TapRecords } from '../src/contract/labs.ts';
import { unpackRecords } from '../src/contract/tap-part.ts';
import { HEAR } from './lane-clients.ts';
import {
  LANE_NAMES,
  type LaneName,
  type LanesAnswer,
  type LanesOrder,
  laneRequest,
  type Plan,
} from './lanes-order.ts';

type Order = LanesOrder extends infer O ? (O extends LanesOrder ? Omit<O, 'n'> : never) : never;

const PROMISED = { cpuShare: 0.1, addedMs: 10 };
const ROUNDS = 5;
/** Rounds of two seconds before it counts: a server has been up for longer than that. */
const WARM_UP = 8;
const LEARNERS = 50;
const FAST: Plan = { count: 100, everyMs: 20, size: 20 };
const SLOW: Plan = { count: 40, everyMs: 200, size: 20 };

const child = fork(new URL('./lanes-server.ts', import.meta.url), {
  execArgv: ['--import', 'tsx'],
});
const waiting = new Map<number, (answer: LanesAnswer) => void>();
child.on('message', (answer: LanesAnswer) => waiting.get(answer.n)?.(answer));
child.on('exit', () => process.exit(1));
const answered = (n: number): Promise<LanesAnswer> =>
  new Promise((resolve) => waiting.set(n, resolve));
await answered(0);
let orders = 0;
function order(wanted: Order): Promise<LanesAnswer> {
  const n = ++orders;
  const answer = answered(n);
  child.send({ n, ...wanted });
  return answer;
}

const [appPort = 0] = (await order({ what: 'ports' })).ports ?? [];
const now = (): number => Number(process.hrtime.bigint()) / 1_000;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const cpu = async (): Promise<number> => (await order({ what: 'cpu' })).micros ?? 0;

/** Five lanes with their clients. `start` begins the news; `end` says when which item was emitted, in µs. */
interface Learner {
  readonly heard: ReadonlyMap<LaneName, ReadonlyMap<number, number>>;
  start(plan: Plan): Promise<void>;
  end(): Promise<ReadonlyMap<string, number>>;
}

async function hearAll(place: (lane: LaneName) => readonly [origin: string, path: string]) {
  const heard = new Map<LaneName, Map<number, number>>();
  const stops: (() => void)[] = [];
  for (const lane of LANE_NAMES) {
    const items = new Map<number, number>();
    heard.set(lane, items);
    stops.push(await HEAR[lane](...place(lane), (id) => void items.set(id, now())));
  }
  return { heard, stop: () => stops.forEach((stop) => void stop()) };
}

async function openLab(): Promise<Learner> {
  const page: Socket = io(`http://127.0.0.1:${appPort}`, {
    transports: ['websocket'],
    forceNew: true,
  });
  const ask = async <T>(call: string, request: object): Promise<T> => {
    const reply = await page.emitWithAck(call, request);
    if (!reply.ok) throw new Error(`${call}: ${reply.message}`);
    return reply.value;
  };
  const emitted = new Map<string, number>();
  page.on('tap:records', (part: TapRecords, taken: () => void) => {
    for (const record of unpackRecords(part)) {
      if (record.kind === 'note' && record.lane === 'short' && record.what === 'emitted')
        emitted.set(record.message, record.wroteAt);
    }
    taken();
  });
  const lanes = Object.fromEntries(LANE_NAMES.map((lane) => [lane, laneRequest(lane)]));
  const opened = await ask<OpenedLab>('lab:open', { version: LABS_VERSION, lanes });
  const { lab, token, at } = opened;
  const port = typeof at === 'object' && 'port' in at ? at.port : 0;
  await ask('lab:watch', { lab, token, after: { seq: 0, bytes: 0 } });
  const { heard, stop } = await hearAll((lane) => [
    `http://127.0.0.1:${port}`,
    `/lab/${lab}/${lane}/`,
  ]);
  return {
    heard,
    start: (settings) => ask('lab:order', { lab, token, lane: 'short', order: 'start', settings }),
    async end() {
      stop();
      const { micros: zero = 0 } = await order({ what: 'clock', lab });
      await ask('lab:close', { lab, token });
      page.disconnect();
      return new Map([...emitted].map(([item, at]) => [item, at + zero]));
    },
  };
}

async function openBare(): Promise<Learner> {
  const { ports = [], micros: index = 0 } = await order({ what: 'open-bare' });
  const { heard, stop } = await hearAll((lane) => [
    `http://127.0.0.1:${ports[LANE_NAMES.indexOf(lane)]}`,
    `/lab/bare${index}/${lane}/`,
  ]);
  return {
    heard,
    start: async (plan) => void (await order({ what: 'start-bare', index, plan })),
    async end() {
      stop();
      const { emitted = [] } = await order({ what: 'emitted-bare', index });
      await order({ what: 'close-bare', index });
      return new Map(emitted);
    },
  };
}

/** Delays in ms, by lane, of everything that was heard. Fails where something was not. */
function delaysOf({ heard }: Learner, emitted: ReadonlyMap<string, number>, plan: Plan) {
  return [...heard].map(([lane, items]): [LaneName, number[]] => {
    if (items.size < plan.count) throw new Error(`${lane} heard ${items.size} of ${plan.count}`);
    const delays = [...items].map(([id, at]) => (at - (emitted.get(`n${id}`) ?? 0)) / 1_000);
    return [lane, delays];
  });
}

interface Served {
  readonly cpuShare: number;
  readonly delays: Readonly<Record<LaneName, readonly number[]>>;
}

/** So many learners at once, from the first item to the last one heard. */
async function serve(open: () => Promise<Learner>, learners: number, plan: Plan): Promise<Served> {
  const all: Learner[] = [];
  for (let i = 0; i < learners; i++) all.push(await open());
  await wait(500);
  const before = { cpu: await cpu(), at: now() };
  await Promise.all(all.map((one) => one.start(plan)));
  await wait(plan.count * plan.everyMs);
  const cpuShare = ((await cpu()) - before.cpu) / (now() - before.at);
  const isHeard = (): boolean =>
    all.every(({ heard }) => [...heard.values()].every(({ size }) => size >= plan.count));
  for (let i = 0; i < 100 && !isHeard(); i++) await wait(100);
  const delays: Record<LaneName, number[]> = {
    short: [],
    long: [],
    sse: [],
    websocket: [],
    socketio: [],
  };
  for (const one of all) {
    for (const [lane, some] of delaysOf(one, await one.end(), plan)) delays[lane].push(...some);
  }
  return { cpuShare, delays };
}

const median = (all: readonly number[]): number =>
  all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;

const WAYS = { lab: openLab, bare: openBare } as const;
type Way = keyof typeof WAYS;
const one: Record<Way, Served[]> = { lab: [], bare: [] };
const many: Record<Way, Served[]> = { lab: [], bare: [] };
const load = loadavg()[0];
for (let round = -WARM_UP; round < ROUNDS; round++) {
  for (const way of ['bare', 'lab'] as const) {
    const served = await serve(WAYS[way], 1, FAST);
    if (round >= 0) one[way].push(served);
  }
}
for (let round = 0; round < 3; round++) {
  for (const way of ['bare', 'lab'] as const)
    many[way].push(await serve(WAYS[way], LEARNERS, SLOW));
}

const share = (way: Way): number => median(one[way].map(({ cpuShare }) => cpuShare));
const delay = (way: Way, lane: LaneName): number =>
  median(many[way].flatMap(({ delays }) => delays[lane]));
// Short polling waits for its interval and not for the server.
const pushed = LANE_NAMES.filter((lane) => lane !== 'short');
const added = Object.fromEntries(
  pushed.map((lane) => [lane, delay('lab', lane) - delay('bare', lane)]),
);
const addedMs = Math.max(...Object.values(added));
const figures = {
  loadAverage: { before: load, after: loadavg()[0] },
  oneLearner: { lab: share('lab'), bare: share('bare'), rounds: one.lab.map((r) => r.cpuShare) },
  fiftyLearners: {
    cpuShare: median(many.lab.map(({ cpuShare }) => cpuShare)),
    cpuShareBare: median(many.bare.map(({ cpuShare }) => cpuShare)),
    medianMs: Object.fromEntries(LANE_NAMES.map((lane) => [lane, delay('lab', lane)])),
    medianMsBare: Object.fromEntries(LANE_NAMES.map((lane) => [lane, delay('bare', lane)])),
    added,
  },
  promised: PROMISED,
};
process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
const isKept = figures.oneLearner.lab <= PROMISED.cpuShare && addedMs < PROMISED.addedMs;
process.exit(isKept ? 0 : 1);
