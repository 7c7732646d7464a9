// The sending half of a connection: what to send next, and what an acknowledgement changes. Places
// in the stream, no sequence numbers; SYN and FIN are places too.

import { EMPTY } from '../../lib/bytes.ts';
import { type Micros, micros } from '../../lib/time.ts';
import { TCP_FLAG } from '../../wire/tcp.ts';
import { Burst } from './burst.ts';
import type { CongestionController, CongestionWindow } from './congestion/controller.ts';
import { CONGESTION_CONTROLS } from './congestion/index.ts';
import type { TcpParameters } from './parameters.ts';
import { Persist } from './persist.ts';
import { RECOVERIES } from './recovery/index.ts';
import type { LossRecovery, RecoveryContext, Resend } from './recovery/recovery.ts';
import { RetransmissionTimer } from './retransmission-timer.ts';
import { createRtt, type RttEstimator } from './rtt.ts';
import { Scoreboard, type Sent } from './scoreboard.ts';
import type { Why } from './segment.ts';
import { PIECE_COST, SendBuffer } from './send-buffer.ts';
import { SendQueue } from './send-queue.ts';
import { restartAfterIdle, WindowUse } from './window-use.ts';

/** What is to be put into a segment. */
export interface Outgoing {
  readonly sent: Sent;
  readonly why: Why;
}

export class Sender implements RecoveryContext {
  readonly parameters: TcpParameters;
  readonly queue = new SendQueue();
  readonly scoreboard = new Scoreboard();
  readonly buffer: SendBuffer;
  readonly #burst: Burst;
  readonly window: CongestionWindow;
  readonly congestion: CongestionController;
  readonly rtt: RttEstimator;
  readonly timer: RetransmissionTimer;
  readonly persist: Persist;
  recovery: LossRecovery;
  /** `SND.UNA` and `SND.NXT` as places. */
  una = 0;
  nxt = 0;
  /** `SND.WND` in bytes, and the greatest it ever was. */
  wnd = 0;
  maxWnd = 0;
  /** The largest payload of a segment (the effective send MSS). */
  mss = 536;
  /** The program will write nothing more. */
  isClosing = false;
  finPlace: number | undefined;
  /** How often the SYN was sent again. */
  synRetransmissions = 0;
  lastSentAt: Micros | undefined;
  /** Since when nothing of what is out has been acknowledged. */
  #waitingSince: Micros | undefined;
  /** The end of the latest small segment (Minshall's refinement of Nagle). */
  #smallEnd = 0;
  readonly #use = new WindowUse();
  #forced: Resend | undefined;
  #forcesNew = false;
  /** A byte that was sent into a closed window. */
  #probe: Sent | undefined;

  constructor(parameters: TcpParameters) {
    this.parameters = parameters;
    this.window = { cwnd: parameters.initialWindow, ssthresh: Number.POSITIVE_INFINITY };
    this.congestion = CONGESTION_CONTROLS[parameters.congestion](parameters);
    this.rtt = createRtt(parameters);
    this.timer = new RetransmissionTimer(this.rtt, parameters);
    this.persist = new Persist(parameters);
    this.buffer = new SendBuffer(parameters);
    this.#burst = new Burst(parameters.bursts);
    this.recovery = RECOVERIES[parameters.recovery](this);
  }

  /** The peer takes no SACK: Linux too then recovers as RFC 6582 says. */
  withoutSack(): void {
    this.recovery = RECOVERIES.newreno(this);
  }

  get isFinAcked(): boolean {
    return this.finPlace !== undefined && this.una > this.finPlace;
  }

  /** What the buffer holds, sent or not, with what that costs. */
  get buffered(): number {
    return this.queue.length + (this.nxt - this.una) + this.scoreboard.cost;
  }

  get room(): number {
    return this.una + this.wnd - this.nxt;
  }

  /** A SYN takes the first place of the stream. */
  sendSyn(now: Micros): void {
    this.#send(EMPTY, TCP_FLAG.SYN, 1, now);
  }

  canSendNew(): boolean {
    return this.#nextLength(false) !== undefined;
  }

  /** The path takes only shorter segments: what was sent longer is lost, and is cut anew. */
  cutSmaller(): void {
    this.scoreboard.split(this.mss);
  }

  /** What may leave now; `undefined` when nothing may. */
  next(now: Micros, canSendData: boolean): Outgoing | undefined {
    const resend = this.#forced ?? (canSendData ? this.recovery.nextResend() : undefined);
    if (resend) return this.#resend(resend, now);
    if (!canSendData) return undefined;
    const isProbe = this.#forcesNew;
    this.#forcesNew = false;
    const length = this.#nextLength(true);
    if (length === undefined) return undefined;
    if (this.scoreboard.packetsOut === 0) this.#afterIdle(now);
    const { cwnd } = this.window;
    if (!isProbe && this.scoreboard.inFlight >= cwnd + this.recovery.allowance) {
      this.#validate(true);
      return undefined;
    }
    const { isFirst, endsSeveral } = this.#burst.next(this, now);
    const payload = this.queue.take(length);
    const hasFin = this.isClosing && this.queue.length === 0;
    if (hasFin) this.finPlace = this.nxt + length;
    if (length < this.mss) this.#smallEnd = this.nxt + length;
    const sent = this.#send(
      payload,
      this.#flagsFor(length, hasFin) | (endsSeveral ? TCP_FLAG.PSH : 0),
      length + (hasFin ? 1 : 0),
      now,
    );
    if (isFirst) this.scoreboard.charge(sent, PIECE_COST);
    this.#validate(this.scoreboard.inFlight >= cwnd);
    return { sent, why: isProbe ? 'tail loss probe' : length > 0 ? 'data' : 'close' };
  }

  /**
   * How many bytes the next new segment would carry (0: only a FIN); `undefined` where the
   * receiver's window, Nagle or silly-window avoidance forbid one. Not asked of cwnd.
   */
  #nextLength(obeysNagle: boolean): number | undefined {
    if (this.finPlace !== undefined) return undefined;
    const unsent = this.queue.length;
    if (unsent === 0) return this.isClosing ? 0 : undefined;
    const length = Math.min(unsent, this.mss, Math.max(0, this.room));
    if (length === 0) return undefined;
    if (length === this.mss) return length;
    // RFC 9293 §3.8.6.2.1: no silly small segment because the window is small.
    if (length < unsent) return this.#isWorthwhile(length) ? length : undefined;
    return obeysNagle && !this.isClosing && this.#nagleHolds() ? undefined : length;
  }

  #isWorthwhile(length: number): boolean {
    const isIdle = this.scoreboard.packetsOut === 0;
    return this.parameters.estimator !== 'linux' && isIdle && length >= this.maxWnd / 2;
  }

  #nagleHolds(): boolean {
    const { nagle } = this.parameters;
    if (nagle === 'off' || this.scoreboard.packetsOut === 0) return false;
    return nagle === 'nagle' || this.#smallEnd > this.una;
  }

  /** PSH on the last of what the program wrote (§3.9.1). */
  #flagsFor(length: number, hasFin: boolean): number {
    const isLast = length > 0 && this.queue.length === 0;
    return (isLast ? TCP_FLAG.PSH : 0) | (hasFin ? TCP_FLAG.FIN : 0);
  }

  #send(payload: Sent['payload'], flags: number, length: number, now: Micros): Sent {
    const sent = this.scoreboard.add(this.nxt, payload, flags, length, now);
    this.nxt += length;
    this.lastSentAt = now;
    this.#waitingSince ??= now;
    this.persist.stop();
    this.recovery.onSent(sent, true);
    return sent;
  }

  #resend({ sent, why }: Resend, now: Micros): Outgoing {
    this.#forced = undefined;
    this.scoreboard.markResent(sent, now);
    this.lastSentAt = now;
    this.recovery.onSent(sent, false);
    return { sent, why };
  }

  #afterIdle(now: Micros): void {
    if (this.lastSentAt === undefined || this.nxt <= 1) return;
    const idle = now - this.lastSentAt;
    this.congestion.onIdle(idle, now);
    const { idleRestart, initialWindow } = this.parameters;
    if (idleRestart) restartAfterIdle(this.window, initialWindow, idle, this.timer.rto);
  }

  #validate(isLimited: boolean): void {
    this.#use.note(isLimited, this.scoreboard.packetsOut, this.una, this.nxt);
  }

  get isWindowLimited(): boolean {
    return this.#use.allowsGrowth(this.window);
  }

  /** Something new was acknowledged: the peer lives. */
  onProgress(now: Micros): void {
    this.timer.backoff = 0;
    this.#waitingSince = this.scoreboard.packetsOut > 0 ? now : undefined;
  }

  /** Nothing was heard for so long that the connection is given up (R2, RFC 9293 §3.8.3). */
  hasGivenUp(now: Micros): boolean {
    const { head } = this.scoreboard;
    if (head && head.flags & TCP_FLAG.SYN) {
      return head.transmissions > this.parameters.synRetries;
    }
    const since = this.#waitingSince ?? this.persist.since;
    return since !== undefined && now - since >= this.parameters.giveUpAfter;
  }

  /** The retransmission timer ran out. */
  onTimer(now: Micros): void {
    const { kind } = this.timer;
    this.timer.at = undefined;
    if (kind !== 'rto') {
      const what = this.recovery.onProbeTimer(kind, now);
      if (what === 'new') this.#forcesNew = true;
      else if (what) this.#forced = what;
      return;
    }
    const { head } = this.scoreboard;
    if (!head) return;
    if (head === this.#probe && this.wnd === 0) {
      this.timer.backoff++;
      this.#forced = { sent: head, why: 'window probe' };
      this.timer.set('rto', now, this.timer.rto);
      return;
    }
    const isSyn = (head.flags & TCP_FLAG.SYN) !== 0;
    if (isSyn) this.synRetransmissions++;
    else this.recovery.onTimeout(now);
    const isLinear = isSyn && head.transmissions <= this.parameters.linearSynTimeouts;
    if (!isLinear) this.timer.backoff++;
    this.#forced = { sent: head, why: 'retransmission after timeout' };
    this.timer.set('rto', now, this.timer.rto);
  }

  /** What an ACK let leave has left: there may be room for the program to write more. */
  onSettled(): void {
    const { buffer, buffered, scoreboard, window, mss } = this;
    buffer.onSettled(buffered, scoreboard.inFlight, window.cwnd, mss);
  }

  /** Nothing is out, something waits, and the receiver has no room for it: ask now and then. */
  updatePersist(now: Micros): void {
    const isStuck =
      this.scoreboard.packetsOut === 0 &&
      this.queue.length > 0 &&
      !this.canSendNew() &&
      this.una > 0;
    if (isStuck) this.persist.start(now, micros(this.rtt.rto));
    else this.persist.stop();
  }

  /** The part of a segment that fits a small window, or one byte beyond a closed one. */
  takeProbe(now: Micros): Outgoing | undefined {
    const fits = Math.min(this.queue.length, Math.max(0, this.room), this.mss);
    const length = fits > 0 ? fits : this.parameters.windowProbe === 'next byte' ? 1 : 0;
    if (length === 0) return undefined;
    const payload = this.queue.take(length);
    const hasFin = fits > 0 && this.isClosing && this.queue.length === 0;
    if (hasFin) this.finPlace = this.nxt + length;
    const sent = this.#send(
      payload,
      this.#flagsFor(length, hasFin),
      length + (hasFin ? 1 : 0),
      now,
    );
    if (fits === 0) {
      this.#probe = sent;
      this.timer.backoff = 1;
      this.timer.set('rto', now, this.timer.rto);
    }
    return { sent, why: fits > 0 ? 'data' : 'window probe' };
  }

  /** The window opened, and the byte that asked for it was not taken: it goes with what follows. */
  afterAcknowledgement(): void {
    if (this.#probe === undefined || (this.#probe === this.scoreboard.head && this.wnd === 0))
      return;
    if (this.#probe === this.scoreboard.head) {
      const { payload, start } = this.#probe;
      this.scoreboard.takeBack();
      this.queue.putBack(payload);
      this.nxt = start;
      this.timer.stop();
      this.timer.backoff = 0;
    }
    this.#probe = undefined;
  }
}
