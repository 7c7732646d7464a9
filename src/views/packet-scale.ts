// The geometry of packets between two ends: time runs down, silences are shortened, and what leaves at
// nearly the same time is drawn apart. Pure numbers, in CSS pixels.

import type { Capture, Frame } from '../capture/capture.ts';

const PER_MS = 2.6;
const LEAST = 5;
/** Room for a label. */
const DEPARTURE = 17;
const MOST = 64;
const TOP = 12;
const BOTTOM = 24;

export interface PacketScale {
  /** Never falls. */
  y(at: number): number;
  readonly height: number;
}

export interface Way {
  readonly frame: Frame;
  /** When its first bit went onto the link. */
  readonly leaves: number;
  /** When it arrives, or would have. */
  readonly arrives: number;
  readonly lostTo?: string;
}

export interface PacketShape {
  readonly scale: PacketScale;
  readonly ways: readonly Way[];
}

const shapes = new WeakMap<Capture, PacketShape>();

/** Computed once a capture: captures never change. */
export function packetShapeOf(capture: Capture): PacketShape {
  const known = shapes.get(capture);
  if (known) return known;
  const ways = waysOf(capture);
  const shape = { ways, scale: scaleOf(capture, ways) };
  shapes.set(capture, shape);
  return shape;
}

function waysOf({ frames }: Capture): Way[] {
  const least = frames.reduce((shortest, { transit }) => {
    if (transit?.arrivedAt === undefined) return shortest;
    return Math.min(shortest, transit.arrivedAt - transit.leftAt);
  }, Number.POSITIVE_INFINITY);
  return frames.flatMap((frame) => {
    const { transit } = frame;
    if (!transit) return [];
    const leaves = transit.leftAt;
    const wouldArrive = leaves + (Number.isFinite(least) ? least : 20_000);
    const { arrivedAt = wouldArrive, lostTo } = transit;
    return [{ frame, leaves, arrives: arrivedAt, ...(lostTo === undefined ? {} : { lostTo }) }];
  });
}

function scaleOf({ endAt }: Capture, ways: readonly Way[]): PacketScale {
  const departures = new Set(ways.map(({ leaves }) => leaves));
  const instants = [...new Set([0, ...departures, ...ways.map(({ arrives }) => arrives), endAt])];
  instants.sort((a, b) => a - b);
  const ys: number[] = [];
  for (const [i, at] of instants.entries()) {
    const before = instants[i - 1];
    const least = departures.has(at) ? DEPARTURE : LEAST;
    const step = before === undefined ? TOP : ((at - before) / 1_000) * PER_MS;
    ys.push((ys.at(-1) ?? 0) + Math.min(MOST, Math.max(least, step)));
  }
  return {
    height: (ys.at(-1) ?? TOP) + BOTTOM,
    y(at) {
      let low = 0;
      let high = instants.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((instants[middle] ?? 0) <= at) low = middle;
        else high = middle - 1;
      }
      const [from, to] = [instants[low] ?? 0, instants[low + 1]];
      const [top, bottom] = [ys[low] ?? 0, ys[low + 1]];
      if (to === undefined || bottom === undefined || at <= from) return top;
      return top + ((at - from) / (to - from)) * (bottom - top);
    },
  };
}
