// The time of a link, in the tap's own microseconds, and its timers. Tests bring their own.

import type { Micros } from '../../src/lib/time.ts';

export interface LinkClock {
  now(): Micros;
  /** Returns what takes the timer back. */
  setTimer(atTime: Micros, run: () => void): () => void;
}

/** The longest that Node's timers wait; whoever waits longer is woken in between and waits again. */
const LONGEST_MS = 2 ** 31 - 1;

export const realClock = (now: () => Micros): LinkClock => ({
  now,
  setTimer: (at, run) => {
    const ms = Math.min(LONGEST_MS, Math.max(0, Math.ceil((at - now()) / 1_000)));
    const timer = setTimeout(run, ms).unref();
    return () => clearTimeout(timer);
  },
});
