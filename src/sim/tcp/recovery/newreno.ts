// NewReno (RFC 5681 §3.2, RFC 6582), as the books tell it: three duplicate ACKs mean a loss, and
// recovery repairs one loss a round trip. Knows nothing of SACK.

import { type Micros, micros } from '../../../lib/time.ts';
import type { Sent } from '../scoreboard.ts';
import type { Acknowledged, LossRecovery, Phase, RecoveryContext, Resend } from './recovery.ts';

const THRESHOLD = 3;

export class NewReno implements LossRecovery {
  readonly name = 'newreno';
  phase: Phase = 'open';
  readonly #context: RecoveryContext;
  #duplicates = 0;
  /** Fast retransmit is for losses beyond this place only (`recover`). */
  #recover = 0;
  #pending: Sent | undefined;
  /** New segments that the duplicates let out. */
  #limited = 0;
  /** The first partial acknowledgement restarts the timer, the later ones do not (§4). */
  #hadPartial = false;

  constructor(context: RecoveryContext) {
    this.#context = context;
  }

  /** Limited transmit: a new segment for each of the first two duplicates (RFC 3042). */
  get allowance(): number {
    // The window was inflated for the duplicates; the scoreboard counts what was sent again twice.
    if (this.phase === 'recovery') return this.#context.scoreboard.resentOut;
    return this.phase === 'open' ? Math.min(this.#duplicates, THRESHOLD - 1) : 0;
  }

  onAck(ack: Acknowledged): void {
    if (ack.isForward) this.#forward(ack);
    else if (ack.isDuplicate) this.#duplicate();
  }

  #forward({ acknowledged, now }: Acknowledged): void {
    const { window, una, scoreboard, timer } = this.#context;
    this.#duplicates = 0;
    this.#limited = 0;
    const isFull = una >= this.#recover;
    if (this.phase === 'recovery') {
      if (isFull) {
        // RFC 6582 §3.2 step 3, option 1: no burst when recovery ends.
        window.cwnd = Math.min(window.ssthresh, Math.max(scoreboard.inFlight, 1) + 1);
        this.phase = 'open';
      } else {
        this.#pending = scoreboard.head;
        window.cwnd = Math.max(1, window.cwnd - acknowledged + 1);
      }
    } else if (this.phase === 'loss' && isFull) this.phase = 'open';
    if (scoreboard.packetsOut === 0) timer.stop();
    else if (this.phase !== 'recovery' || !this.#hadPartial) timer.set('rto', now, timer.rto);
    if (this.phase === 'recovery') this.#hadPartial = true;
  }

  #duplicate(): void {
    const { window, scoreboard, congestion, una, nxt } = this.#context;
    if (this.phase === 'recovery') {
      window.cwnd++;
      return;
    }
    if (this.phase === 'loss') return;
    this.#duplicates++;
    if (this.#duplicates !== THRESHOLD || una < this.#recover) return;
    // RFC 5681 §3.2 step 2: half of what is in flight, without what limited transmit sent.
    const threshold = congestion.thresholdAfterLoss({
      cwnd: Math.max(2, scoreboard.packetsOut - this.#limited),
      ssthresh: window.ssthresh,
    });
    window.ssthresh = threshold;
    window.cwnd = threshold + THRESHOLD;
    this.#recover = nxt;
    this.#pending = scoreboard.head;
    this.#hadPartial = false;
    this.phase = 'recovery';
  }

  onTimeout(now: Micros): void {
    const { scoreboard, window, congestion, nxt, timer } = this.#context;
    if (timer.backoff === 0) {
      window.ssthresh = congestion.thresholdAfterLoss({
        cwnd: scoreboard.packetsOut,
        ssthresh: window.ssthresh,
      });
    }
    congestion.onTimeout(now, nxt);
    for (const sent of scoreboard) {
      if (!sent.isLost || sent.isResent) scoreboard.markLost(sent);
    }
    window.cwnd = 1; // RFC 5681 §3.1: the loss window
    this.#recover = nxt;
    this.#duplicates = 0;
    this.#pending = undefined;
    this.phase = 'loss';
  }

  onProbeTimer(): undefined {
    return undefined;
  }

  nextResend(): Resend | undefined {
    const { scoreboard, window } = this.#context;
    if (this.#pending) return { sent: this.#pending, why: 'fast retransmission' };
    if (scoreboard.inFlight >= window.cwnd) return undefined;
    const sent = scoreboard.nextMissing();
    const isShorter = this.phase === 'open';
    const why = isShorter ? 'retransmission in shorter pieces' : 'retransmission after timeout';
    return sent && { sent, why };
  }

  onSent(sent: Sent, isNew: boolean): void {
    if (isNew && this.phase === 'open' && this.#duplicates > 0) this.#limited++;
    if (sent === this.#pending) this.#pending = undefined;
    const { timer } = this.#context;
    if (timer.at === undefined) timer.set('rto', micros(sent.sentAt), timer.rto);
  }
}
