// One run: every lane connects, both ends start to emit, the outage comes and goes, and all is left to
// settle.

import type { LabClient, LabOptions, LabRun, LaneOptions } from '../demo.ts';
import { type Desk, deskOf } from './desk.ts';
import { type Outage, outagesOf, scriptOf } from './outage.ts';
import { ACK_TIMEOUT_MS, RECOVERY_MS, RETRIES, SIDE_BY_SIDE, STRATEGIES } from './strategies.ts';

export interface MissedParams {
  readonly strategy: string;
  readonly how: string;
  readonly length: string;
  readonly moment: string;
  readonly rate: string;
  readonly times: string;
}

/** Far shorter than the defaults of 25 s and 20 s, so that nobody waits long for a drop to be noticed. */
const PING_INTERVAL_MS = 1_000;
const PING_TIMEOUT_MS = 1_200;

const FIRST_MS = 500;
/** For how long both ends emit; twice as long where there are two outages. */
const WORK_MS = 5_000;
/** After the last message, and with everybody back: what is still sent again. */
const TAIL_MS = 2_500;
const RECONNECT_MS = 500;
/** Browsers put off handshakes after others have failed. */
const BACK_WITHIN_MS = 15_000;

const lanesOf = (strategy: string): readonly string[] =>
  strategy === 'all' || !Object.hasOwn(STRATEGIES, strategy) ? SIDE_BY_SIDE : [strategy];

export function lab({ strategy }: MissedParams): LabOptions {
  return { lanes: Object.fromEntries(lanesOf(strategy).map((lane) => [lane, optionsOf(lane)])) };
}

function optionsOf(lane: string): LaneOptions {
  const { exercise = 'missed-plain', recovers } = STRATEGIES[lane] ?? {};
  return {
    exercise,
    // One handshake each, and no hanging request: a browser allows few of either at a time.
    transports: ['websocket'],
    pingIntervalMs: PING_INTERVAL_MS,
    pingTimeoutMs: PING_TIMEOUT_MS,
    ...(recovers ? { recoveryMs: RECOVERY_MS } : {}),
  };
}

/** How many messages each end emits, and how often. */
function workOf({ rate, times }: MissedParams): { count: number; everyMs: number } {
  const everyMs = 1_000 / Math.max(1, Number(rate) || 2);
  return { count: Math.floor((times === 'twice' ? 2 : 1) * (WORK_MS / everyMs)), everyMs };
}

export async function run(run: LabRun, params: MissedParams): Promise<void> {
  const lanes = lanesOf(params.strategy);
  const outages = outagesOf(params);
  const desks = lanes.map((lane) => join(run, lane));
  const ada = params.strategy === 'relay' ? await visitor(run) : undefined;
  await Promise.all(desks.map(({ client }) => client.connect()));
  const isOver = suffer(run, outages, ada);
  await work(run, lanes, desks, params);
  await isOver;
  await isBack(run, desks);
  await run.wait(TAIL_MS);
}

interface Place {
  readonly client: LabClient;
  readonly desk: Desk;
}

/** The learner's client on a lane, with the program of its strategy. */
function join(run: LabRun, lane: string): Place {
  const strategy = STRATEGIES[lane];
  const retries = strategy?.retries ? { retries: RETRIES, ackTimeoutMs: ACK_TIMEOUT_MS } : {};
  const client = run.open({ lane, name: 'browser', reconnectAfterMs: RECONNECT_MS, ...retries });
  const desk = deskOf(client, strategy?.retries ?? false);
  strategy?.client(desk);
  return { client, desk };
}

/** One more client on the lane of the relay: the one who is to see what the server passes on. */
async function visitor(run: LabRun): Promise<LabClient> {
  const client = run.open({ lane: 'relay', name: 'Ada' });
  STRATEGIES.relay?.client(deskOf(client, false));
  await client.connect();
  return client;
}

/** Both ends emit, on all lanes alike. */
async function work(
  run: LabRun,
  lanes: readonly string[],
  places: readonly Place[],
  params: MissedParams,
): Promise<void> {
  const { count, everyMs } = workOf(params);
  await Promise.all(
    lanes.map((lane) => run.order(lane, 'start', { count, everyMs, firstMs: FIRST_MS })),
  );
  const start = performance.now();
  for (let n = 1; n <= count; n++) {
    await run.wait(Math.max(0, start + FIRST_MS + (n - 1) * everyMs - performance.now()));
    for (const { desk } of places) desk.tick(n);
  }
}

/** All clients are connected again, or it takes too long. One that has noticed nothing yet will soon. */
async function isBack(run: LabRun, places: readonly Place[]): Promise<void> {
  await run.wait(PING_INTERVAL_MS + PING_TIMEOUT_MS);
  const step = 100;
  for (let waited = 0; waited < BACK_WITHIN_MS; waited += step) {
    if (places.every(({ client }) => client.socket.connected)) return;
    await run.wait(step);
  }
}

/** The link breaks, or, with a visitor, it is she who goes away and comes back. */
async function suffer(
  run: LabRun,
  outages: readonly Outage[],
  ada: LabClient | undefined,
): Promise<void> {
  if (outages.length === 0) return;
  if (!ada) await run.link(scriptOf(outages));
  let passed = 0;
  for (const { startMs, lengthMs } of outages) {
    await run.wait(startMs - passed);
    ada?.disconnect();
    await run.wait(lengthMs);
    await ada?.connect();
    passed = startMs + lengthMs;
  }
}
