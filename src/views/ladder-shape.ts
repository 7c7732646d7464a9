// The geometry of the space-time diagram: time runs down through the time lens. Pure numbers, in CSS
// pixels.

import type { Capture, Frame, Pair } from '../capture/capture.ts';
import { type TimeLens, timeLensOf } from '../capture/time-lens.ts';

/** Pixels a millisecond of shown time: one step of the lens leaves room for a label. */
const SCALE = 0.085;
/** How far an arrow falls on its way; drawn, not measured. */
const FALL = 18;
export const LABEL_HEIGHT = 17;
/** Arrows nearer than this are drawn thin. */
const DENSE = 5;
/** How far around its instant on the server's line a frame's arrow and label may reach. */
export const REACH = 40;

export const yOf = (lens: TimeLens, at: number): number => lens.toShown(at) * SCALE;

export interface LadderShape {
  /** For each frame where it touches the server's line, the instant that was observed; never falling. */
  readonly ys: Float64Array;
  /** Where frames lie too close together only some have labels. */
  readonly labels: Uint8Array;
  /** Frames so close to the one before that they are drawn thin. */
  readonly dense: Uint8Array;
  /** Pairs of two frames, in the order in which they became complete. */
  readonly brackets: readonly Bracket[];
  /** Those that begin or end at a frame, by its id. */
  readonly bracketsOf: ReadonlyMap<number, readonly Bracket[]>;
}

export interface Bracket {
  readonly pair: Pair;
  readonly top: number;
  readonly bottom: number;
  /** The frame with which it became complete. */
  readonly last: number;
}

const shapes = new WeakMap<Capture, LadderShape>();

/** The whole diagram's geometry, computed once a capture: captures never change. */
export function ladderShapeOf(capture: Capture): LadderShape {
  const known = shapes.get(capture);
  if (known) return known;
  const shape = ladderShape(capture, timeLensOf(capture));
  shapes.set(capture, shape);
  return shape;
}

function ladderShape({ frames, pairs }: Capture, lens: TimeLens): LadderShape {
  const ys = Float64Array.from(frames, ({ at }) => yOf(lens, at));
  const labels = new Uint8Array(frames.length);
  const dense = new Uint8Array(frames.length);
  let labelled = Number.NEGATIVE_INFINITY;
  for (const [i, frame] of frames.entries()) {
    const y = ys[i] ?? 0;
    const middle = (y + farYOf(frame, y)) / 2;
    dense[i] = i > 0 && y - (ys[i - 1] ?? 0) < DENSE ? 1 : 0;
    if (Math.abs(middle - labelled) < LABEL_HEIGHT) continue;
    labels[i] = 1;
    labelled = middle;
  }
  const brackets = pairs
    .filter(({ from, to }) => from.frame !== to.frame)
    .map((pair) => {
      const [a, b] = [pair.from.frame, pair.to.frame];
      const [top, bottom] = [ys[Math.min(a, b)] ?? 0, ys[Math.max(a, b)] ?? 0];
      return { pair, top, bottom, last: Math.max(a, b) };
    })
    .sort((a, b) => a.last - b.last);
  return { ys, labels, dense, brackets, bracketsOf: byFrame(brackets) };
}

function byFrame(brackets: readonly Bracket[]): Map<number, Bracket[]> {
  const of = new Map<number, Bracket[]>();
  for (const bracket of brackets) {
    for (const { frame } of [bracket.pair.from, bracket.pair.to]) {
      const known = of.get(frame);
      if (known) known.push(bracket);
      else of.set(frame, [bracket]);
    }
  }
  return of;
}

/** Where the arrow touches the browser's line: derived. `y` is where it touches the server's. */
export const farYOf = ({ direction }: Frame, y: number): number =>
  direction === 'up' ? y - FALL : y + FALL;

/** The frames whose arrows may reach into that stretch: `first` up to, not including, `last`. */
export function framesWithin({ ys }: LadderShape, top: number, bottom: number) {
  return { first: firstFrom(ys, top - REACH), last: firstFrom(ys, bottom + REACH) };
}

/** The first frame at `y` or below; the number of frames if there is none. */
function firstFrom(ys: Float64Array, y: number): number {
  let low = 0;
  let high = ys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ys[middle] ?? 0) < y) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The frame that a pointer at `y` means, `part` of the way from the browser's line to the server's:
 * of the first `passed` frames the nearest arrow within 20 px.
 */
export function frameNear(
  capture: Capture,
  shape: LadderShape,
  passed: number,
  y: number,
  part: number,
): Frame | undefined {
  const { first, last } = framesWithin(shape, y, y);
  let best: Frame | undefined;
  let distance = 20;
  for (const frame of capture.frames.slice(first, Math.min(last, passed))) {
    const atServer = shape.ys[frame.id] ?? 0;
    const atBrowser = farYOf(frame, atServer);
    const away = Math.abs(atBrowser + (atServer - atBrowser) * part - y);
    if (away >= distance) continue;
    best = frame;
    distance = away;
  }
  return best;
}

/** A bracket's curve beside the server's line at `x`. */
export function bracketPath({ top, bottom }: Pick<Bracket, 'top' | 'bottom'>, x: number): string {
  const out = x + Math.min(46, 8 + (bottom - top) / 8);
  return `M${x + 3} ${top}C${out} ${top} ${out} ${bottom} ${x + 3} ${bottom}`;
}
