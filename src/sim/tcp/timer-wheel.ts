// When a timer that is set now for so long really runs out. Reads no clock and keeps no timers.

import { type Micros, micros } from '../../lib/time.ts';
import type { TcpParameters } from './parameters.ts';

export type TimerClock = Pick<TcpParameters, 'clockTick' | 'timerWheel'>;

/** Slots of one level of Linux's wheel that a timer can be put into, and how much coarser each next is. */
const SLOTS = 63;
const COARSER = 8;

/**
 * Never early. By the book a whole number of ticks from now. Linux's wheel (`calc_wheel_index`) counts
 * the ticks of a clock of its own and rounds up to the next slot: 4 ms for up to 252 ms, 32 ms for up
 * to 2 s, an eighth of the delay at most. That clock begins with the simulation here, where a machine's
 * began some time before.
 */
export function dueAt(now: Micros, delay: number, { clockTick, timerWheel }: TimerClock): Micros {
  const ticks = Math.ceil(delay / clockTick);
  if (!timerWheel) return micros(now + ticks * clockTick);
  let slot = 1;
  for (let reach = SLOTS; ticks >= reach; reach *= COARSER) slot *= COARSER;
  const expires = Math.floor(now / clockTick) + ticks;
  return micros((Math.floor(expires / slot) + 1) * slot * clockTick);
}
