// What each lane of a run had cost and brought at a moment: requests, connections, bytes, and the delay
// of each item by what the programs at both ends wrote down. Knows no way of transport by name.

import { fieldValue } from '../wire/layer.ts';
import type { Capture, Frame } from './capture.ts';

export interface LaneCounts {
  readonly lane: string;
  readonly requests: number;
  readonly connections: number;
  readonly webSocketFrames: number;
  /** Payload of TCP, both ways. */
  readonly bytes: number;
  /** What compression took off them: inflated bytes less compressed ones; negative where it added some. */
  readonly savedBytes: number;
  /** The text of the items that the page was given, as plain bytes. */
  readonly newsBytes: number;
  readonly emitted: number;
  readonly handled: number;
  /** Heard after the next item was there already; within a burst, after the next burst was. */
  readonly late: number;
  readonly medianDelay: number | undefined;
  readonly p95Delay: number | undefined;
  /** From the last item heard to the end of the run: how long, and what crossed the wire in it. */
  readonly quiet: { readonly micros: number; readonly bytes: number; readonly requests: number };
}

const sizeOf = ({ sources }: Frame): number => sources[0]?.bytes.length ?? 0;

const savedIn = ({ sources }: Frame): number =>
  sources.reduce((sum, { origin, bytes, from }) => {
    if (origin !== 'inflated' || !from) return sum;
    return sum + bytes.length - (from.range[1] - from.range[0]);
  }, 0);

const isRequest = ({ direction, layers }: Frame): boolean =>
  direction === 'up' && layers[0]?.protocol === 'http';

const isFrame = ({ layers }: Frame): boolean => layers[0]?.protocol === 'websocket';

/**
 * The bytes of a frame that had come by then. An answer without end grows chunk by chunk: of one that is
 * not complete, as many chunks count as items had been heard of it.
 */
function sizeAt(frame: Frame, playhead: number, heard: number): number {
  if (frame.at <= playhead) return sizeOf(frame);
  if (frame.firstAt > playhead) return 0;
  const chunks = frame.layers[0]?.fields.filter(({ spec }) => spec.key === 'http.chunk_data') ?? [];
  if (chunks.length === 0) return 0;
  const head = frame.layers[0]?.fields.find(({ spec }) => spec.key === 'http.chunk_size');
  const last = chunks[Math.min(heard, chunks.length) - 1];
  return last ? last.range[1] + 2 : (head?.range[0] ?? 0);
}

/** The value below which that share of them lies; nearest rank. */
function rank(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

/** Items of one burst are written down one after the other in one go; else they are 20 ms apart or more. */
const BURST = 10_000;

type Notes = Capture['notes'];

/** What was emitted in the same instant, together. */
export function burstsOf(emitted: Notes): readonly Notes[] {
  const bursts: Notes[number][][] = [];
  for (const note of emitted) {
    const last = bursts.at(-1);
    const before = last?.at(-1);
    if (last && before && note.wroteAt - before.wroteAt < BURST) last.push(note);
    else bursts.push([note]);
  }
  return bursts;
}

/** How long each item that was heard took, and whether the next burst was there before. */
function heardOf(emitted: Notes, handled: Notes) {
  return burstsOf(emitted).flatMap((burst, i, all) =>
    burst.flatMap((from) => {
      const to = handled.find(({ message }) => message === from.message);
      const next = all[i + 1]?.[0];
      if (!to) return [];
      return [{ delay: to.wroteAt - from.wroteAt, isLate: !!next && to.wroteAt > next.wroteAt }];
    }),
  );
}

function countLane(capture: Capture, lane: string, playhead: number): LaneCounts {
  const connections = capture.connections.filter((one) => one.lane === lane);
  const ids = new Set(connections.map(({ id }) => id));
  const frames = capture.frames.filter(({ connection }) => ids.has(connection));
  const notes = capture.notes.filter((note) => note.lane === lane && note.wroteAt <= playhead);
  const emitted = notes.filter(({ what }) => what === 'emitted');
  const handled = notes.filter(({ what }) => what === 'handled');
  const pairs = heardOf(emitted, handled);
  const delays = pairs.map(({ delay }) => Math.max(0, delay)).sort((a, b) => a - b);
  const past = frames.filter(({ at }) => at <= playhead);
  return {
    lane,
    requests: past.filter(isRequest).length,
    connections: connections.filter(({ openedAt }) => openedAt <= playhead).length,
    webSocketFrames: past.filter(isFrame).length,
    bytes: frames.reduce((sum, frame) => sum + sizeAt(frame, playhead, handled.length), 0),
    savedBytes: past.reduce((sum, frame) => sum + savedIn(frame), 0),
    newsBytes: handled.reduce(
      (sum, { detail = '' }) => sum + (Number.parseInt(detail, 10) || 0),
      0,
    ),
    emitted: emitted.length,
    handled: handled.length,
    late: pairs.filter(({ isLate }) => isLate).length,
    medianDelay: rank(delays, 0.5),
    p95Delay: rank(delays, 0.95),
    quiet: quietOf(past, notes, playhead),
  };
}

/**
 * Right after an item a client may ask for the next one, which is a cost of the item; and what ends the
 * lanes is no cost of the quiet either, however the page’s clock is off.
 */
const SETTLE = 50_000;

function quietOf(frames: readonly Frame[], notes: Capture['notes'], playhead: number) {
  const handled = notes.findLast(({ what }) => what === 'handled')?.wroteAt;
  const over = notes.find(({ what }) => what === 'disconnected')?.wroteAt ?? playhead;
  const [from, until] = [(handled ?? over) + SETTLE, over - SETTLE];
  if (until <= from) return { micros: 0, bytes: 0, requests: 0 };
  const within = frames.filter(({ firstAt, at }) => firstAt > from && at <= until);
  return {
    micros: until - from,
    bytes: within.reduce((sum, frame) => sum + sizeOf(frame), 0),
    requests: within.filter(isRequest).length,
  };
}

/** In the order of `lanes`. */
export const laneCounts = (
  capture: Capture,
  lanes: readonly string[],
  playhead: number = capture.endAt,
): readonly LaneCounts[] => lanes.map((lane) => countLane(capture, lane, playhead));

/** Mean bytes of one request with its answer, over the whole run. */
export function bytesPerExchange(capture: Capture, lane: string): number | undefined {
  const ids = new Set(capture.connections.filter((one) => one.lane === lane).map(({ id }) => id));
  const frames = capture.frames.filter(
    ({ connection, layers }) =>
      ids.has(connection) &&
      layers[0]?.protocol === 'http' &&
      fieldValue(layers[0], 'http.response.code') !== 101,
  );
  const requests = frames.filter(isRequest).length;
  return requests === 0 ? undefined : frames.reduce((sum, f) => sum + sizeOf(f), 0) / requests;
}
