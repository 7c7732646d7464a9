// HyStart++ (RFC 9406): when the round trip grows, slow start goes on at a quarter of its pace for some
// rounds, and ends after them; where the growth was only a moment's, it goes on as before.

import type { RttSample } from './controller.ts';
import { type SlowStartExit, threshold } from './slow-start-exit.ts';

const SAMPLES = 8;
const ROUNDS = 5;
const GROWTH_DIVISOR = 4;
/** Segments that one acknowledgement may add where nothing is paced (L). */
const MOST_AT_ONCE = 8;
const NONE = Number.POSITIVE_INFINITY;

export class HyStartPlus implements SlowStartExit {
  isFound = false;
  #roundEnd = 0;
  #least = NONE;
  #leastBefore = NONE;
  #samples = 0;
  /** The least round trip when Conservative Slow Start began; absent outside of it. */
  #baseline: number | undefined;
  #rounds = 0;
  /** Quarters of a segment that were not added yet. */
  #rest = 0;

  onSample({ rtt, una, nxt }: RttSample): boolean {
    if (una > this.#roundEnd) {
      this.#roundEnd = nxt;
      this.#leastBefore = this.#least;
      this.#least = NONE;
      this.#samples = 0;
      if (this.#baseline !== undefined && ++this.#rounds > ROUNDS) this.isFound = true;
    }
    this.#least = Math.min(this.#least, rtt);
    this.#samples++;
    if (this.#samples < SAMPLES) return this.isFound;
    if (this.#baseline !== undefined) {
      if (this.#least < this.#baseline) this.#baseline = undefined; // it was only a moment's
    } else if (this.#least >= this.#leastBefore + threshold(this.#leastBefore)) {
      this.#baseline = this.#least;
      this.#rounds = 1; // the present one counts too
      this.#rest = 0;
    }
    return this.isFound;
  }

  growthFor(acked: number): number {
    if (this.isFound) return acked;
    const most = Math.min(acked, MOST_AT_ONCE);
    if (this.#baseline === undefined) return most;
    this.#rest += most;
    const whole = Math.floor(this.#rest / GROWTH_DIVISOR);
    this.#rest -= whole * GROWTH_DIVISOR;
    return whole;
  }

  /** It is for the first slow start only (§4.3). */
  reset(): void {
    this.isFound = true;
  }
}
