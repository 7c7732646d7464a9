// Loss recovery as current Linux does it with SACK: RACK finds losses, a tail loss probe asks where
// nothing comes, PRR paces the window, F-RTO and DSACK find out what was for nothing. The states and
// their order follow tcp_fastretrans_alert.

import { type Micros, micros } from '../../../lib/time.ts';
import type { Sent } from '../scoreboard.ts';
import type { Why } from '../segment.ts';
import { RateReduction } from './prr.ts';
import { Rack } from './rack.ts';
import type { Acknowledged, LossRecovery, Phase, RecoveryContext, Resend } from './recovery.ts';
import { LEAST_MARGIN, TailLossProbe } from './tail-loss.ts';
import { Undo } from './undo.ts';

const REASONS = {
  open: 'retransmission in shorter pieces',
  disorder: 'retransmission in shorter pieces',
  recovery: 'fast retransmission',
  loss: 'retransmission after timeout',
} as const satisfies Record<Phase, Why>;

export class RackTlp implements LossRecovery {
  readonly name = 'rack-tlp';
  readonly allowance = 0;
  phase: Phase = 'open';
  readonly #context: RecoveryContext;
  readonly #rack = new Rack();
  readonly #prr = new RateReduction();
  readonly #probe = new TailLossProbe();
  readonly #undo = new Undo();
  /** What was sent when the present phase began: it ends when all of that is acknowledged. */
  #highSeq = 0;
  #isTesting = false;
  #holdsResends = false;

  constructor(context: RecoveryContext) {
    this.#context = context;
  }

  onAck(ack: Acknowledged): void {
    const { rtt, scoreboard, una } = this.#context;
    const lostBefore = scoreboard.lostOut - scoreboard.resentOut;
    this.#rack.onAck(ack.arrived, ack.now, rtt.min ?? 0);
    this.#undo.onAck(ack);
    this.#holdsResends = false;
    if (this.#probe.onAck(ack, una)) {
      this.#reduce();
      this.#endReduction();
      this.#settle();
    }
    const isCalm = this.phase === 'open' && !ack.hasNewSack && !ack.isDuplicate && !ack.isDsack;
    const setsTimer = isCalm ? false : this.#alert(ack);
    if (ack.isForward && !setsTimer) this.#setTimer(ack.now);
    this.#steer(ack, scoreboard.lostOut - scoreboard.resentOut > lostBefore);
  }

  /** Everything beside the calm flow of acknowledgements; true when the reordering timer was set. */
  #alert(ack: Acknowledged): boolean {
    const { una, scoreboard } = this.#context;
    if (this.phase === 'recovery' && una >= this.#highSeq) {
      if (this.#undo.wasNeedless(ack)) this.#undoWindow();
      else this.#endReduction();
      this.phase = 'open';
    }
    if (this.phase === 'loss') this.#processLoss(ack);
    else if (this.#undo.isRefuted()) {
      this.#undoWindow();
      this.#settle();
    }
    const setsTimer = this.#findLosses(ack.now);
    if (this.phase === 'recovery' || this.phase === 'loss') return setsTimer;
    if (scoreboard.lostOut === 0) this.#settle();
    else this.#enterRecovery();
    return setsTimer;
  }

  /** After a timeout: was it right (F-RTO, RFC 5682 with SACK), and is all of it repaired? */
  #processLoss(ack: Acknowledged): void {
    const { una } = this.#context;
    const isRecovered = una >= this.#highSeq;
    if (this.#isTesting) {
      if (ack.arrived.some((one) => one.transmissions === 1 && one.end <= this.#highSeq)) {
        this.#undoWindow();
        this.#context.scoreboard.clearLosses();
        this.#isTesting = false;
        this.#settle();
        return;
      }
      this.#testTimeout(ack, isRecovered);
    }
    if (!isRecovered) return;
    if (this.#undo.wasNeedless(ack)) this.#undoWindow();
    this.#undo.forget();
    this.#settle();
  }

  #testTimeout(ack: Acknowledged, isRecovered: boolean): void {
    const { nxt } = this.#context;
    if (nxt > this.#highSeq) {
      if (ack.hasNewSack || ack.isDuplicate) this.#isTesting = false; // step 3a: it was right
    } else if (ack.isForward && !isRecovered) {
      this.#highSeq = nxt;
      // Step 2b: new data tells. Without any the usual way is taken.
      if (this.#context.canSendNew()) this.#holdsResends = true;
      else this.#isTesting = false;
    }
  }

  #findLosses(now: Micros): boolean {
    const { scoreboard, rtt, timer } = this.#context;
    if (!this.#rack.isAdvanced) return false;
    const isRecovering = this.phase === 'recovery' || this.phase === 'loss';
    const wait = this.#rack.detect(scoreboard, rtt, isRecovering, now);
    if (wait > 0) timer.set('reo', now, Math.min(wait + LEAST_MARGIN, timer.rto));
    return wait > 0;
  }

  #enterRecovery(): void {
    this.#reduce();
    this.phase = 'recovery';
    this.#undo.start(this.#context);
  }

  /** The window is to come down, by as much as the congestion control says. */
  #reduce(): void {
    const { window, congestion, nxt } = this.#context;
    this.#undo.keep(window);
    this.#highSeq = nxt;
    this.#probe.forget();
    this.#prr.start(window.cwnd);
    window.ssthresh = congestion.thresholdAfterLoss(window);
  }

  #endReduction(): void {
    const { window } = this.#context;
    if (Number.isFinite(window.ssthresh)) window.cwnd = window.ssthresh;
    this.#undo.forget();
  }

  #undoWindow(): void {
    const { window, congestion } = this.#context;
    this.#undo.restore(window);
    congestion.onUndo();
  }

  /** Open or Disorder, whichever the scoreboard says. */
  #settle(): void {
    const { sackedOut, lostOut, resentOut } = this.#context.scoreboard;
    const phase = sackedOut + lostOut + resentOut > 0 ? 'disorder' : 'open';
    if (phase === this.phase) return;
    this.phase = phase;
    this.#highSeq = this.#context.nxt;
  }

  #steer(ack: Acknowledged, foundLosses: boolean): void {
    if (this.phase !== 'recovery') return;
    const { window, scoreboard } = this.#context;
    const isSafe = ack.isForward && !foundLosses;
    this.#prr.onAck(window, ack.arrived.length, scoreboard.inFlight, isSafe);
  }

  #setTimer(now: Micros): void {
    const { scoreboard, timer } = this.#context;
    if (scoreboard.packetsOut === 0) timer.stop();
    else if (!this.#scheduleProbe(now, true)) timer.set('rto', now, timer.rto);
  }

  #scheduleProbe(now: Micros, advances: boolean): boolean {
    if (this.phase !== 'open' || this.#context.una === 0) return false;
    return this.#probe.schedule(this.#context, now, advances);
  }

  onTimeout(now: Micros): void {
    const { scoreboard, window, congestion, nxt, una, timer } = this.#context;
    const isNew =
      this.phase === 'open' ||
      this.phase === 'disorder' ||
      una >= this.#highSeq ||
      (this.phase === 'loss' && timer.backoff === 0);
    for (const sent of scoreboard) {
      const isFresh = sent !== scoreboard.head && this.#rack.remaining(sent, 0, now) > 0;
      if (!sent.isSacked && !isFresh && (!sent.isLost || sent.isResent)) scoreboard.markLost(sent);
    }
    if (isNew) {
      this.#undo.keep(window);
      window.ssthresh = congestion.thresholdAfterLoss(window);
      this.#undo.start(this.#context);
    }
    congestion.onTimeout(now, nxt);
    window.cwnd = scoreboard.inFlight + 1;
    this.phase = 'loss';
    this.#highSeq = nxt;
    this.#probe.forget();
    this.#isTesting = this.#context.parameters.frto && (isNew || timer.backoff > 0);
    this.#holdsResends = false;
  }

  onProbeTimer(kind: 'tlp' | 'reo', now: Micros): 'new' | Resend | undefined {
    const { scoreboard, timer, nxt } = this.#context;
    if (kind === 'reo') {
      const before = scoreboard.inFlight;
      this.#findLossesNow(now);
      if (scoreboard.inFlight !== before && this.phase !== 'recovery') this.#enterRecovery();
      if (scoreboard.inFlight !== before) {
        this.#prr.onAck(this.#context.window, 1, scoreboard.inFlight, false);
      }
      if (timer.at === undefined) this.#rearm(now);
      return undefined;
    }
    if (this.#probe.isOut) {
      this.#rearm(now);
      return undefined;
    }
    // The probe gets a whole timeout of its own (§7.3).
    timer.set('rto', now, timer.rto);
    if (this.#context.canSendNew()) {
      this.#probe.onProbe(nxt, false);
      return 'new';
    }
    const { last } = scoreboard;
    if (!last) return undefined;
    this.#probe.onProbe(nxt, true);
    return { sent: last, why: 'tail loss probe' };
  }

  #findLossesNow(now: Micros): void {
    const { scoreboard, rtt, timer } = this.#context;
    timer.stop();
    const isRecovering = this.phase === 'recovery' || this.phase === 'loss';
    const wait = this.#rack.detect(scoreboard, rtt, isRecovering, now);
    if (wait > 0) timer.set('reo', now, Math.min(wait + LEAST_MARGIN, timer.rto));
  }

  /** What is left of the timeout since the head was sent (`tcp_rearm_rto`). */
  #rearm(now: Micros): void {
    const { scoreboard, timer } = this.#context;
    const { head } = scoreboard;
    if (head) timer.setAt('rto', now, head.sentAt + timer.rto);
    else timer.stop();
  }

  nextResend(): Resend | undefined {
    const { scoreboard, window } = this.#context;
    if (this.#holdsResends || scoreboard.inFlight >= window.cwnd) return undefined;
    const sent = scoreboard.nextMissing();
    if (!sent) return undefined;
    return { sent, why: REASONS[this.phase] };
  }

  onSent(sent: Sent, isNew: boolean): void {
    const { timer, scoreboard } = this.#context;
    const now = micros(sent.sentAt);
    if (this.phase === 'recovery') this.#prr.onSent();
    if (!isNew) {
      this.#undo.onResent(now);
      if (sent === scoreboard.head && timer.kind !== 'reo') timer.set('rto', now, timer.rto);
      return;
    }
    if (scoreboard.packetsOut === 1 || timer.at === undefined) timer.set('rto', now, timer.rto);
    if (this.#probe.isOut) {
      if (timer.kind === 'tlp') this.#rearm(now);
    } else if (timer.kind !== 'reo') this.#scheduleProbe(now, false);
  }
}
