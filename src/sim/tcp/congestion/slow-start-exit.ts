// What may end slow start before a loss does: as CUBIC sees it.

import type { Micros } from '../../../lib/time.ts';
import type { RttSample } from './controller.ts';

export interface SlowStartExit {
  /** Slow start has been left. */
  readonly isFound: boolean;
  /** True when slow start should end now. `delayMin` is the least round trip of all. */
  onSample(sample: RttSample, cwnd: number, delayMin: number): boolean;
  /** How many segments `acked` ones may add to the window in slow start. */
  growthFor(acked: number): number;
  /** A timeout: it begins anew. */
  reset(now: Micros, nxt: number): void;
}

/** An eighth of the round trip, 4 ms at least and 16 ms at most (RFC 9406 §4.2; HYSTART_DELAY_THRESH). */
export const threshold = (roundTrip: number): number =>
  Math.min(16_000, Math.max(4_000, roundTrip / 8));
