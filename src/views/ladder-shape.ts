// The geometry of the space-time diagram: time runs down through the time lens. Pure numbers, in CSS
// pixels.

import type { Capture, Frame, LayerRef, Pair } from '../capture/capture.ts';
import type { TimeLens } from '../capture/time-lens.ts';

/** Pixels a millisecond of shown time: one step of the lens leaves room for a label. */
const SCALE = 0.085;
/** How far an arrow falls on its way; drawn, not measured. */
export const FALL = 18;
const LABEL_HEIGHT = 17;

export const yOf = (lens: TimeLens, at: number): number => lens.toShown(at) * SCALE;
export const atOfY = (lens: TimeLens, y: number): number => lens.toCapture(y / SCALE);

export interface Arrow {
  readonly frame: Frame;
  /** Where it touches the server's line: the instant that was observed. */
  readonly y: number;
  /** Where it touches the browser's line: derived. */
  readonly farY: number;
  readonly hasLabel: boolean;
}

/** The arrows of some frames, in order; where they lie too close only some have labels. */
export function arrowsOf(frames: readonly Frame[], lens: TimeLens): readonly Arrow[] {
  let labelled = Number.NEGATIVE_INFINITY;
  return frames.map((frame) => {
    const y = yOf(lens, frame.at);
    const farY = frame.direction === 'up' ? y - FALL : y + FALL;
    const middle = (y + farY) / 2;
    const hasLabel = middle - labelled >= LABEL_HEIGHT;
    if (hasLabel) labelled = middle;
    return { frame, y, farY, hasLabel };
  });
}

/** The frame that a pointer at `y` on the server's line means: the nearest arrow within 20 px. */
export function nearestArrow(arrows: readonly Arrow[], y: number, part: number): Arrow | undefined {
  let best: Arrow | undefined;
  let distance = 20;
  for (const arrow of arrows) {
    const away = Math.abs(arrow.farY + (arrow.y - arrow.farY) * part - y);
    if (away >= distance) continue;
    best = arrow;
    distance = away;
  }
  return best;
}

/** For every frame the pairs it belongs to. */
export function pairsByFrame({ pairs }: Capture): ReadonlyMap<number, readonly Pair[]> {
  const found = new Map<number, Pair[]>();
  const add = ({ frame }: LayerRef, pair: Pair): void => {
    const list = found.get(frame);
    if (list) list.push(pair);
    else found.set(frame, [pair]);
  };
  for (const pair of pairs) {
    add(pair.from, pair);
    add(pair.to, pair);
  }
  return found;
}
