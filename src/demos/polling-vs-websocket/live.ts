// One source of news, heard in several ways at once. The source hands every lane the same item in the
// same instant; each lane has connections of its own.

import type { FaultScript } from '../../faults/script.ts';
import type { LabClient, LabOptions, LabRun } from '../demo.ts';
import { WAYS } from './ways.ts';

interface Params {
  readonly rate: string;
  readonly size: string;
  readonly count: string;
  readonly bursts: string;
  readonly quiet: string;
  readonly interval: string;
  readonly cut: string;
  readonly fifth: string;
  readonly compression: string;
}

const FOUR = ['short', 'long', 'sse', 'websocket'];

const lanesOf = ({ fifth }: Params): readonly string[] =>
  fifth === 'off' ? FOUR : [...FOUR, 'socketio'];

export const lab = (params: Params): LabOptions => ({
  lanes: Object.fromEntries(
    lanesOf(params).map((lane) => {
      const isPolling = lane === 'socketio' && params.fifth === 'polling';
      // The bare WebSocket lane needs the implementation that comes with this transport.
      const transports = [isPolling ? 'polling' : 'websocket'] as const;
      const compression = params.compression === 'on';
      return [lane, { exercise: 'news', transports: [...transports], compression }];
    }),
  ),
});

/** How long the last item may be on its way, beyond a poll's interval. */
const PATIENCE_MS = 300;
/** After a loss Socket.IO connects anew by itself; the other ways do it in programs of their own. */
const AGAIN_MS = 500;
/** The first requests are done before the first item. */
const CONNECT_MS = 400;

const SILENCE_MS = 2_000;
/** Only what is there when the link breaks is closed; who comes later is let in. */
const CUT_MS = 20;

/** What breaks the link half-way between the third item, or the burst with it, and what comes next. */
function breaking(how: string, everyMs: number, burst: number): FaultScript {
  const from = Math.round((Math.ceil(3 / burst) + 0.5) * burst * everyMs);
  const both = { direction: 'both', fault: how } as const;
  const entry =
    how === 'stall'
      ? { ...both, params: {}, when: { from, until: from + SILENCE_MS } }
      : { ...both, params: { after: 0 }, when: { from, until: from + CUT_MS } };
  return { name: 'The link breaks', seed: 1, entries: [entry] };
}

function hear(client: LabClient, lane: string, interval: number): () => void {
  const seen = new Set<number>();
  return (
    WAYS[lane]?.(client, interval, ({ id, text }) => {
      client.note(seen.has(id) ? 'repeated' : 'handled', `n${id}`, `${text.length} bytes`);
      seen.add(id);
    }) ?? (() => undefined)
  );
}

export async function run({ open, order, link, wait }: LabRun, params: Params): Promise<void> {
  const [rate, count] = [Number(params.rate), Number(params.count)];
  const [interval, burst] = [Number(params.interval), Number(params.bursts)];
  const lanes = lanesOf(params);
  const clients = lanes.map((lane) => open({ lane, name: 'page', reconnectAfterMs: AGAIN_MS }));
  const stops = lanes.map((lane, i) => hear(clients[i] as LabClient, lane, interval));
  await wait(CONNECT_MS);
  const everyMs = Math.round(1_000 / rate);
  if (params.cut !== 'no') await link(breaking(params.cut, everyMs, burst));
  await order('short', 'start', { count, everyMs, size: Number(params.size), burst });
  await wait(everyMs * count);
  await wait(Math.max(Number(params.quiet) * 1_000, interval + PATIENCE_MS));
  // A request that is still hanging gets its answer, so that nothing ends in the middle.
  for (const stop of stops.slice(0, 2)) stop();
  for (const client of clients) client.note('disconnected', '', 'the run is over');
  await order('short', 'finish');
  await wait(100);
  for (const stop of stops.slice(2)) stop();
  await wait(100);
}
