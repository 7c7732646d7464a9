// When a timer that is set now for so long really runs out. Reads no clock and keeps no timers.

import { type Micros, micros } from '../../lib/time.ts';
import type { TcpParameters } from './parameters.ts';

export type TimerClock = Pick<TcpParameters, 'clockTick' | 'timerWheel'>;

/** Slots of one level of Linux's wheel that a timer can be put into, and how much coarser each next is. */
const SLOTS = 63;
const COARSER = 8;

/**
 * In µs, how far that clock was when the run began. A machine's may have been anywhere. In 20 of the 32 ms of a slot
 * two timers of a second that begin 20 ms apart run out in different slots, so this is such a place.
 */
const BEGAN = 8_000;

/**
 * Never early. By the book a whole number of ticks from now. Linux's wheel (`calc_wheel_index`) counts
 * the ticks of a clock of its own and rounds up to the next slot: 4 ms for up to 252 ms, 32 ms for up
 * to 2 s, an eighth of the delay at most.
 */
export function dueAt(now: Micros, delay: number, { clockTick, timerWheel }: TimerClock): Micros {
  const ticks = Math.ceil(delay / clockTick);
  if (!timerWheel) return micros(now + ticks * clockTick);
  let slot = 1;
  for (let reach = SLOTS; ticks >= reach; reach *= COARSER) slot *= COARSER;
  const expires = Math.floor((BEGAN + now) / clockTick) + ticks;
  return micros((Math.floor(expires / slot) + 1) * slot * clockTick - BEGAN);
}
