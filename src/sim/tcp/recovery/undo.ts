// Finds out that a recovery or a timeout was for nothing, and gives back the window it cost: by DSACK
// (RFC 2883, 3708) or by the echoed timestamp (RFC 3522). Decides nothing else.

import type { Micros } from '../../../lib/time.ts';
import type { CongestionWindow } from '../congestion/controller.ts';
import type { Acknowledged, RecoveryContext } from './recovery.ts';

export class Undo {
  #isOn = false;
  /** Retransmissions not yet reported as needless; `undefined` before the first. */
  #open: number | undefined;
  #firstResent: Micros | undefined;
  #cwnd = 0;
  #ssthresh = Number.POSITIVE_INFINITY;

  /** The window as it was before the loss. */
  keep({ cwnd, ssthresh }: CongestionWindow): void {
    this.#cwnd = cwnd;
    this.#ssthresh = ssthresh;
  }

  start({ scoreboard }: RecoveryContext): void {
    this.#isOn = true;
    this.#open = scoreboard.resentOut > 0 ? scoreboard.resentOut : undefined;
    this.#firstResent = undefined;
  }

  onResent(now: Micros): void {
    this.#firstResent ??= now;
    if (this.#isOn) this.#open = (this.#open ?? 0) + 1;
  }

  onAck({ isDsack }: Acknowledged): void {
    if (isDsack && this.#open !== undefined && this.#open > 0) this.#open--;
  }

  /** Every retransmission turned out to be a duplicate. */
  isRefuted(): boolean {
    return this.#isOn && this.#open === 0;
  }

  wasNeedless({ echoedBefore }: Acknowledged): boolean {
    if (!this.#isOn) return false;
    return this.#open === 0 || (this.#firstResent !== undefined && echoedBefore(this.#firstResent));
  }

  restore(window: CongestionWindow): void {
    window.cwnd = Math.max(window.cwnd, this.#cwnd);
    window.ssthresh = Math.max(window.ssthresh, this.#ssthresh);
    this.forget();
  }

  forget(): void {
    this.#isOn = false;
    this.#open = undefined;
    this.#firstResent = undefined;
  }
}
