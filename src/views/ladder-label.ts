// What an arrow of the space-time diagram looks like and says, however it is drawn. Pure.

import type { Frame } from '../capture/capture.ts';
import { summaryOf } from './describe-frame.ts';
import { isMasked, wordOf } from './frame-word.ts';

/** From the browser's line up to this part of the way nobody watched: dashed. */
export const UNSEEN = 0.42;
const CHAR = 6.6;

/** As much of the summary as fits between lines that are so many pixels apart. */
export function labelOf(frame: Frame, width: number): string {
  const most = Math.floor((width * 0.8) / CHAR);
  const summary = summaryOf(frame);
  const text = `${summary}${isMasked(frame) ? ' · masked' : ''}`;
  if (text.length <= most) return text;
  return most < 12 ? wordOf(frame) : `${summary.slice(0, most - 1)}…`;
}

/** The two strokes of the arrow's head at (x, y), on a line with that slope. */
export function headOf(x: number, y: number, isUp: boolean, slope: number) {
  const back = isUp ? -8 : 8;
  const middle = y + back * slope;
  return [
    [x + back, middle - 4],
    [x, y],
    [x + back, middle + 4],
  ] as const;
}
