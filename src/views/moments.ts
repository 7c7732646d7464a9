// Where the playhead stands among the frames, by binary search. Draws nothing.

import type { Capture } from '../capture/capture.ts';

/** How many frames had passed the tap at that time; frames are in order of `at`. */
export function passedAt(frames: readonly { readonly at: number }[], at: number): number {
  let low = 0;
  let high = frames.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((frames[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The frame that passed last, if any has. */
export const latestAt = <T extends { readonly at: number }>(
  frames: readonly T[],
  at: number,
): T | undefined => frames[passedAt(frames, at) - 1];

/** When the capture begins: the first connection or frame, whichever came first. */
export function startOf({ connections, frames, endAt }: Capture): number {
  const first: number = frames[0]?.firstAt ?? endAt;
  return connections.reduce((least, { openedAt }) => Math.min(least, openedAt), first);
}

/** The instant of the next (1) or previous (-1) frame; the start or `end` where there is none. */
export function stepFrom(capture: Capture, at: number, by: 1 | -1, end: number): number {
  const { frames } = capture;
  if (by === 1) {
    const next = frames[passedAt(frames, at)];
    return Math.min(next?.at ?? end, end);
  }
  // Frames that passed together are one step.
  let index = passedAt(frames, at) - 1;
  while (index >= 0 && (frames[index]?.at ?? 0) >= at) index--;
  return frames[index]?.at ?? startOf(capture);
}

/** `14.2 ms`, `1.204 s`, `850 µs`: three digits that mean something. */
export function describeDuration(micros: number): string {
  if (micros < 1_000) return `${Math.round(micros)} µs`;
  if (micros < 999_500) return `${(micros / 1_000).toPrecision(3)} ms`;
  return `${(micros / 1_000_000).toFixed(2)} s`;
}
