// What each way would cost at another rate of news or another interval, on paper: from the sizes that this
// run showed. Draws nothing and measures nothing.

import { fieldValue } from '../wire/layer.ts';
import type { Capture, Frame } from './capture.ts';
import { burstsOf, bytesPerExchange, type LaneCounts } from './lane-counts.ts';

/** Bytes that a way needs, as a line over the rate: so many a second anyway, so many for each item. */
export interface WayCost {
  readonly lane: string;
  readonly bytesPerSecond: number;
  readonly bytesPerItem: number;
  /** It asks again and again: what one exchange costs, which its interval divides. */
  readonly bytesPerAsk?: number;
}

interface Options {
  readonly lane: string;
  /** Asks again and again, so often in this run. */
  readonly asksEvery?: number;
  /** A request that hangs is asked anew after so long. */
  readonly holdSeconds?: number;
}

const sizeOf = ({ sources }: Frame): number => sources[0]?.bytes.length ?? 0;

const handledIn = (capture: Capture, lane: string) =>
  capture.notes.filter((note) => note.lane === lane && note.what === 'handled');

/** The mean time from one question of the lane to the next, in seconds. */
export function asksEvery(capture: Capture, lane: string): number | undefined {
  const ids = new Set(capture.connections.filter((one) => one.lane === lane).map(({ id }) => id));
  const asked = capture.frames.filter(
    ({ connection, direction }) => ids.has(connection) && direction === 'up',
  );
  const [first, last] = [asked[0], asked.at(-1)];
  if (!first || !last || asked.length < 2) return undefined;
  return (last.at - first.at) / 1_000_000 / (asked.length - 1);
}

const HOUR = 3600;

/**
 * Bytes of an hour without news. Of a lane that asks: by its interval, from the questions of the quiet seconds, or
 * of all where none fell into them. Of a request that hangs: from its size and how long it may hang, in seconds.
 * Else what crossed the wire in the quiet seconds of this run.
 */
export function quietHour(
  capture: Capture,
  { lane, quiet }: LaneCounts,
  { asks = false, holdSeconds }: { readonly asks?: boolean; readonly holdSeconds?: number },
): number | undefined {
  const every = asks ? asksEvery(capture, lane) : holdSeconds;
  if (asks || every !== undefined) {
    const each =
      asks && quiet.requests > 0 ? quiet.bytes / quiet.requests : bytesPerExchange(capture, lane);
    return each === undefined || every === undefined ? undefined : (each * HOUR) / every;
  }
  return quiet.micros === 0 ? undefined : (quiet.bytes * HOUR * 1_000_000) / quiet.micros;
}

/** `undefined` where the run showed too little of that lane. `asksEvery` and `holdSeconds` in seconds. */
export function wayCost(
  capture: Capture,
  { lane, asksEvery: every, holdSeconds }: Options,
): WayCost | undefined {
  const items = handledIn(capture, lane);
  const exchange = bytesPerExchange(capture, lane);
  if (items.length === 0) return undefined;
  if (every !== undefined && exchange !== undefined) {
    const text = items.reduce(
      (sum, { detail = '' }) => sum + (Number.parseInt(detail, 10) || 0),
      0,
    );
    const bytesPerItem = text / items.length;
    return { lane, bytesPerSecond: exchange / every, bytesPerItem, bytesPerAsk: exchange };
  }
  if (holdSeconds !== undefined && exchange !== undefined) {
    const bytesPerItem = exchange * answersPerItem(capture, lane);
    return { lane, bytesPerSecond: exchange / holdSeconds, bytesPerItem };
  }
  const bytesPerItem = streamed(capture, lane) / items.length;
  return bytesPerItem > 0 ? { lane, bytesPerSecond: 0, bytesPerItem } : undefined;
}

/** A request that hangs takes the first item of a burst; one more answer brings the rest. */
function answersPerItem(capture: Capture, lane: string): number {
  const emitted = capture.notes.filter((note) => note.lane === lane && note.what === 'emitted');
  const answers = burstsOf(emitted).reduce((sum, { length }) => sum + Math.min(length, 2), 0);
  return emitted.length === 0 ? 1 : answers / emitted.length;
}

/** Bytes of a lane after its one request and the head of its answer. */
function streamed(capture: Capture, lane: string): number {
  const ids = new Set(capture.connections.filter((one) => one.lane === lane).map(({ id }) => id));
  return capture.frames
    .filter(({ connection, direction }) => ids.has(connection) && direction === 'down')
    .reduce((sum, frame) => {
      const [first] = frame.layers;
      if (first?.protocol === 'websocket') return sum + sizeOf(frame);
      if (!first || fieldValue(first, 'http.response.code') !== 200) return sum;
      const chunk = first.fields.find(({ spec }) => spec.key === 'http.chunk_size');
      return chunk ? sum + sizeOf(frame) - chunk.range[0] : sum;
    }, 0);
}

/** Bytes a second of that way at that rate, items a second. */
export const costAt = ({ bytesPerSecond, bytesPerItem }: WayCost, rate: number): number =>
  bytesPerSecond + rate * bytesPerItem;
