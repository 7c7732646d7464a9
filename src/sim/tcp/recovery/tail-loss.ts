// The tail loss probe (RFC 8985 §7): when the end of a flight stays unanswered, one segment asks for
// an answer well before the timeout. Decides when and whether; sends nothing.

import type { Micros } from '../../../lib/time.ts';
import type { Acknowledged, RecoveryContext } from './recovery.ts';

/** Linux TCP_TIMEOUT_MIN_US: two ticks at 1000 a second. */
export const LEAST_MARGIN = 2_000;

export class TailLossProbe {
  /** The place that was sent last when the probe went out. */
  #highSeq: number | undefined;
  #wasResent = false;

  get isOut(): boolean {
    return this.#highSeq !== undefined;
  }

  forget(): void {
    this.#highSeq = undefined;
  }

  onProbe(highSeq: number, wasResent: boolean): void {
    this.#highSeq = highSeq;
    this.#wasResent = wasResent;
  }

  /** Sets the timer for a probe (§7.2); false where a plain timeout has to do. */
  schedule(context: RecoveryContext, now: Micros, advancesTimeout: boolean): boolean {
    const { scoreboard, rtt, timer, parameters } = context;
    if (scoreboard.packetsOut === 0) return false;
    const margin = scoreboard.packetsOut === 1 ? parameters.minRto : LEAST_MARGIN;
    let delay: number =
      rtt.srtt === undefined ? parameters.initialRto : Math.floor(2 * rtt.srtt) + margin;
    const head = scoreboard.head?.sentAt ?? now;
    const untilTimeout = advancesTimeout ? timer.rto : head + timer.rto - now;
    if (untilTimeout > 0) delay = Math.min(delay, untilTimeout);
    timer.set('tlp', now, delay);
    return true;
  }

  /** §7.4: true when the probe repaired a loss, which calls for a smaller window. */
  onAck({ isForward, isDuplicate, isDsack, hasNewSack }: Acknowledged, una: number): boolean {
    if (this.#highSeq === undefined || una < this.#highSeq) return false;
    const isBeyond = una > this.#highSeq;
    if (!this.#wasResent || isDsack) this.forget();
    else if (isBeyond) {
      this.forget();
      return true;
    } else if (!isForward && isDuplicate && !hasNewSack) this.forget();
    return false;
  }
}
