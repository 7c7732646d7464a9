// RACK (RFC 8985 §6.2, as tcp_recovery.c): a segment is lost when one sent later has arrived and a
// round trip, with a little patience for reordering, has passed since. Only marks the scoreboard.

import type { Micros } from '../../../lib/time.ts';
import type { RttEstimator } from '../rtt.ts';
import type { Scoreboard, Sent } from '../scoreboard.ts';

/** Duplicates that begin recovery at once while no reordering was ever seen (§6.2, step 4). */
const DUPLICATE_THRESHOLD = 3;

export class Rack {
  #sentAt = -1;
  #end = 0;
  #rtt = 0;
  #isAdvanced = false;
  #hasReordering = false;
  #fack = 0;
  /** A multiple of a quarter of the least round trip; grows when patience was too short. */
  steps = 1;

  /**
   * Steps 1 to 3, for the segments that an acknowledgement shows to have arrived: those that it selects, then
   * those that it covers. As in Linux the round trip is that of the last one, even if another was sent later.
   */
  onAck(arrived: readonly Sent[], now: Micros, least: number): void {
    const highest = this.#fack;
    for (const sent of arrived) this.#advance(sent, now, least, highest);
  }

  #advance(sent: Sent, now: Micros, least: number, highest: number): void {
    const rtt = now - sent.sentAt;
    const wasResent = sent.transmissions > 1;
    // So soon after a retransmission it is the original that arrived.
    if (rtt < least && wasResent) return;
    if (sent.end > this.#fack) this.#fack = sent.end;
    if (!wasResent && sent.end < highest) this.#hasReordering = true;
    this.#isAdvanced = true;
    this.#rtt = rtt;
    if (isAfter(sent.sentAt, sent.end, this.#sentAt, this.#end)) {
      this.#sentAt = sent.sentAt;
      this.#end = sent.end;
    }
  }

  get isAdvanced(): boolean {
    return this.#isAdvanced;
  }

  /**
   * Step 5: marks what is lost, and says how long the first of the others may still take (0: there
   * is none to wait for).
   */
  detect(board: Scoreboard, rtt: RttEstimator, isRecovering: boolean, now: Micros): number {
    this.#isAdvanced = false;
    const patience = this.#patience(board, rtt, isRecovering);
    let wait = 0;
    for (let sent = board.oldest; sent; ) {
      const { newer } = sent;
      if (!isAfter(this.#sentAt, this.#end, sent.sentAt, sent.end)) break;
      const remaining = this.remaining(sent, patience, now);
      if (remaining <= 0) board.markLost(sent);
      else wait = Math.max(wait, remaining);
      sent = newer;
    }
    return wait;
  }

  remaining(sent: Sent, patience: number, now: Micros): number {
    return this.#rtt + patience - (now - sent.sentAt);
  }

  #patience(board: Scoreboard, { min, srtt }: RttEstimator, isRecovering: boolean): number {
    const isEnough = isRecovering || board.sackedOut >= DUPLICATE_THRESHOLD;
    if (!this.#hasReordering && isEnough) return 0;
    return Math.min(Math.floor((min ?? 0) / 4) * this.steps, Math.floor(srtt ?? 0));
  }
}

const isAfter = (t1: number, end1: number, t2: number, end2: number): boolean =>
  t1 > t2 || (t1 === t2 && end1 > end2);
