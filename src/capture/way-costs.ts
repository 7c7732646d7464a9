// What each way would cost at another rate of news or another interval, on paper: from the sizes that this
// run showed. Draws nothing and measures nothing.

import { fieldValue } from '../wire/layer.ts';
import type { Capture, Frame } from './capture.ts';
import { bytesPerExchange } from './lane-counts.ts';

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

/** `undefined` where the run showed too little of that lane. `asksEvery` and `holdSeconds` in seconds. */
export function wayCost(
  capture: Capture,
  { lane, asksEvery, holdSeconds }: Options,
): WayCost | undefined {
  const items = handledIn(capture, lane);
  const exchange = bytesPerExchange(capture, lane);
  if (items.length === 0) return undefined;
  if (asksEvery !== undefined && exchange !== undefined) {
    const text = items.reduce(
      (sum, { detail = '' }) => sum + (Number.parseInt(detail, 10) || 0),
      0,
    );
    const bytesPerItem = text / items.length;
    return { lane, bytesPerSecond: exchange / asksEvery, bytesPerItem, bytesPerAsk: exchange };
  }
  if (holdSeconds !== undefined && exchange !== undefined) {
    return { lane, bytesPerSecond: exchange / holdSeconds, bytesPerItem: exchange };
  }
  const bytesPerItem = streamed(capture, lane) / items.length;
  return bytesPerItem > 0 ? { lane, bytesPerSecond: 0, bytesPerItem } : undefined;
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
