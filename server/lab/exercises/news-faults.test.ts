// Each way of hearing the news under each fault of the link: all lanes of one lab in lockstep, with real
// connections, and clients that come back as those of the lesson do. None misses an item or hears it twice.

import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { LABS_VERSION } from '../../../src/contract/labs.ts';
import { parseScript } from '../../../src/faults/script.ts';
import { startFront } from '../../front/testing/start-front.ts';

const LANES = ['short', 'long', 'sse', 'websocket'] as const;
type Lane = (typeof LANES)[number];

const COUNT = 8;
const EVERY_MS = 60;
/** From between the third item and the fourth. */
const FROM_MS = 3.5 * EVERY_MS;
const AGAIN_MS = 50;

interface Client {
  readonly lane: Lane;
  readonly heard: number[];
  stop(): void;
}

type Hear = (origin: string, got: (id: number) => void, signal: AbortSignal) => Promise<void>;

/** One request after another, the last id in each; what fails is asked again. */
const polling =
  (what: string, everyMs: number): Hear =>
  async (origin, got, signal) => {
    let last = 0;
    while (!signal.aborted) {
      try {
        const answer = await fetch(`${origin}${what}?after=${last}`, { signal });
        for (const { id } of (await answer.json()) as { id: number }[]) {
          last = id;
          got(id);
        }
      } catch {
        await pause(AGAIN_MS);
      }
      await pause(everyMs);
    }
  };

const events: Hear = async (origin, got, signal) => {
  let last = 0;
  while (!signal.aborted) {
    try {
      const answer = await fetch(`${origin}events`, {
        signal,
        headers: last > 0 ? { 'last-event-id': String(last) } : {},
      });
      let rest = '';
      for await (const piece of answer.body ?? []) {
        const parts = (rest + Buffer.from(piece).toString('utf8')).split('\n\n');
        rest = parts.pop() ?? '';
        for (const part of parts) {
          last = Number(/^id: (\d+)/.exec(part)?.[1]);
          got(last);
        }
      }
    } catch {
      await pause(AGAIN_MS);
    }
  }
};

const socket: Hear = async (origin, got, signal) => {
  let last = 0;
  while (!signal.aborted) {
    const one = new WebSocket(`${origin.replace('http', 'ws')}socket?after=${last}`);
    const end = (): void => one.terminate();
    signal.addEventListener('abort', end);
    one.on('error', () => undefined);
    one.on('message', (data) => {
      last = (JSON.parse(String(data)) as { id: number }).id;
      got(last);
    });
    await new Promise((resolve) => one.once('close', resolve));
    signal.removeEventListener('abort', end);
    await pause(AGAIN_MS);
  }
};

const HEAR: Readonly<Record<Lane, Hear>> = {
  short: polling('poll', 3 * EVERY_MS),
  long: polling('long', 0),
  sse: events,
  websocket: socket,
};

async function startLanes() {
  const { port, labs } = await startFront();
  const lanes = Object.fromEntries(
    LANES.map((lane) => [lane, { exercise: 'news', transports: ['websocket' as const] }]),
  );
  const opened = labs.open({ version: LABS_VERSION, lanes }, '127.0.0.1');
  const lab = opened.ok ? labs.find(opened.value.lab) : undefined;
  if (!lab) throw new Error('no lab was opened');
  const clients = LANES.map((lane): Client => {
    const heard: number[] = [];
    const stopper = new AbortController();
    const origin = `http://127.0.0.1:${port}/lab/${lab.id}/${lane}/`;
    const over = HEAR[lane](origin, (id) => heard.push(id), stopper.signal);
    const stop = (): void => stopper.abort();
    onTestFinished(async () => {
      stop();
      await over;
    });
    return { lane, heard, stop };
  });
  return { lab, clients };
}

const all = Array.from({ length: COUNT }, (_, i) => i + 1);

it.each([
  ['latency', { delay: 40 }, 1_000],
  ['rate', { bits: 200_000 }, 1_000],
  ['slice', {}, 1_000],
  ['stall', {}, 200],
  ['close', { after: 0 }, 20],
  ['reset', { after: 0 }, 20],
  ['turn-away', {}, 200],
] as const)('no lane misses an item when the link has: %s', async (fault, params, lasts) => {
  const { lab, clients } = await startLanes();
  await vi.waitFor(() => expect(lab.connections).toBeGreaterThanOrEqual(LANES.length - 1));
  const when = { from: FROM_MS, until: FROM_MS + lasts };
  const entries = [{ fault, direction: 'both', params, when }];
  const script = parseScript({ name: fault, seed: 1, entries });
  if (!script.ok) throw new Error(script.message);
  lab.link.set(script.value);
  lab.order('short', 'start', { count: COUNT, everyMs: EVERY_MS, size: 20 });
  for (const { lane, heard } of clients) {
    await vi.waitFor(() => expect({ lane, heard }).toEqual({ lane, heard: all }), {
      timeout: 5_000,
    });
  }
});
