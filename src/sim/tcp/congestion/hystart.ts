// HyStart, as Linux has it in CUBIC (RFC 9438 §4.10): leaves slow start before the queue overflows,
// when ACKs come in a train half a round trip long, or when the round trip grows.

import type { Micros } from '../../../lib/time.ts';
import type { RttSample } from './controller.ts';
import { type SlowStartExit, threshold } from './slow-start-exit.ts';

/** ACKs no further apart than this belong to one train (hystart_ack_delta_us). */
const TRAIN_GAP = 2_000;
/** In segments (hystart_low_window). */
const LOW_WINDOW = 16;
const MIN_SAMPLES = 8;
/** What the sender's own bursts may add to a train (hystart_ack_delay at up to 2 Gbit/s). */
const BURST = 1_000;

export class HyStart implements SlowStartExit {
  #isFound = false;
  #roundEnd = 0;
  #roundStart = 0;
  #lastAck = 0;
  #least = Number.POSITIVE_INFINITY;
  #samples = 0;

  get isFound(): boolean {
    return this.#isFound;
  }

  /** True when slow start should end now. `delayMin` is the least round trip of all. */
  onSample({ rtt, now, una, nxt }: RttSample, cwnd: number, delayMin: number): boolean {
    if (una > this.#roundEnd) this.#startRound(now, nxt);
    // Rounds are counted from the first on, also while the window is too small to tell anything.
    if (cwnd < LOW_WINDOW) return false;
    if (now - this.#lastAck <= TRAIN_GAP) {
      this.#lastAck = now;
      if (now - this.#roundStart > (delayMin + BURST) / 2) this.#isFound = true;
    }
    this.#least = Math.min(this.#least, rtt);
    if (this.#samples < MIN_SAMPLES) this.#samples++;
    else if (this.#least > delayMin + threshold(delayMin)) {
      this.#isFound = true;
    }
    return this.#isFound;
  }

  growthFor(acked: number): number {
    return acked;
  }

  reset(now: Micros, nxt: number): void {
    this.#isFound = false;
    this.#startRound(now, nxt);
  }

  #startRound(now: Micros, nxt: number): void {
    this.#roundStart = now;
    this.#lastAck = now;
    this.#roundEnd = nxt;
    this.#least = Number.POSITIVE_INFINITY;
    this.#samples = 0;
  }
}
