// When a receiver acknowledges: at once, or a little later in the hope of more to say (RFC 9293
// §3.8.6.3). Two ways: Linux's, quick at first, and the RFC's every second segment.

import { after, type Micros } from '../../lib/time.ts';
import type { TcpParameters } from './parameters.ts';
import type { Arrival } from './receive-buffer.ts';
import { dueAt } from './timer-wheel.ts';

export interface DataArrival {
  readonly now: Micros;
  readonly length: number;
  readonly isPushed: boolean;
  readonly arrival: Arrival;
  readonly hasGap: boolean;
  /** `RCV.NXT`. */
  readonly nxt: number;
  /** In µs; 0 where it is not known. */
  readonly roundTrip: number;
  /** In order and not yet acknowledged, in bytes. */
  readonly unacked: number;
  /** An ACK now could say a window at least as large as the peer knows. */
  readonly keepsWindow: boolean;
  readonly windowGrew: boolean;
  readonly window: number;
  readonly rto: Micros;
}

export interface AckPolicy {
  /** An acknowledgement must leave at this time; `undefined` while none is owed. */
  readonly at: Micros | undefined;
  /** The largest segment seen: an estimate of what the peer sends (`rcv_mss`). */
  readonly segment: number;
  onData(data: DataArrival): void;
  /** The peer closed first. */
  onFin(now: Micros): void;
  /** Something must be answered at once. */
  demand(now: Micros): void;
  /** Nothing of a segment was new: the peer has lost an acknowledgement, or its patience. */
  onRepeat(now: Micros, window: number): void;
  /** Acknowledgements cannot say what lies beyond a gap. */
  withoutSack(): void;
  /** A segment with ACK left. */
  onSent(now: Micros, carriesData: boolean): void;
  /** The program read; `isDrained` when nothing more is there for it. */
  onRead(now: Micros, unacked: number, isDrained: boolean): void;
}

export function createAckPolicy(parameters: TcpParameters, mss: number): AckPolicy {
  return parameters.ackPolicy === 'linux'
    ? new LinuxAcks(parameters, mss)
    : new EverySecond(parameters, mss);
}

class EverySecond implements AckPolicy {
  at: Micros | undefined;
  segment: number;
  readonly #parameters: TcpParameters;

  constructor(parameters: TcpParameters, mss: number) {
    this.#parameters = parameters;
    this.segment = mss;
  }

  onData({ now, length, arrival, hasGap, unacked }: DataArrival): void {
    if (length >= this.segment) this.segment = length;
    const isUrgent = !arrival.isInOrder || arrival.filledGap || hasGap;
    if (isUrgent || unacked >= 2 * this.segment) this.at = now;
    else this.at ??= dueAt(now, this.#parameters.delayedAck, this.#parameters);
  }

  onFin(now: Micros): void {
    this.at = now;
  }

  demand(now: Micros): void {
    this.at = now;
  }

  onRepeat(now: Micros): void {
    this.at = now;
  }

  withoutSack(): void {}

  onSent(): void {
    this.at = undefined;
  }

  onRead(): void {}
}

/** net.ipv4.tcp_comp_sack_delay_ns (in µs), 5 % of the round trip, and tcp_comp_sack_nr. */
const COMPRESSION = { most: 1_000, share: 0.05, count: 44 } as const;

/** Linux TCP_PINGPONG_THRESH: from the first answer on the program counts as interactive. */
class LinuxAcks implements AckPolicy {
  at: Micros | undefined;
  segment = 536;
  readonly #mss: number;
  readonly #parameters: TcpParameters;
  readonly #delay: number;
  readonly #most: number;
  /** How many more are acknowledged at once. */
  #quick = 0;
  /** The expected gap between arrivals (`ato`). */
  #gap = 0;
  #lastData = 0;
  #isInteractive = false;
  #isPushed = false;
  #isPushedTwice = false;
  #hasSack = true;
  /** Acknowledgements of one number that were sent beyond a gap, and those held back. */
  #repeats = 0;
  #repeatedAt = 0;
  #compressed = 0;

  constructor(parameters: TcpParameters, mss: number) {
    this.#parameters = parameters;
    this.#delay = parameters.delayedAck;
    this.#most = parameters.quickAcks;
    this.#mss = mss;
  }

  onData(data: DataArrival): void {
    const { now, length, arrival, hasGap, unacked, keepsWindow, windowGrew, isPushed } = data;
    if (arrival.isInOrder) {
      this.#measure(length, isPushed);
      this.#expect(data);
    }
    if (windowGrew) this.#quick |= 1;
    const isQuick = this.#quick > 0 && !this.#isInteractive;
    const isRepaired = arrival.filledGap && !hasGap;
    if (isQuick || isRepaired || (unacked > this.segment && keepsWindow)) this.at = now;
    else if (hasGap) this.#compress(data);
    else this.at ??= this.#later(now, this.#delay);
  }

  /** Beyond a gap the first three are answered at once, more of them a moment later in one. */
  #compress({ now, nxt, roundTrip }: DataArrival): void {
    if (nxt !== this.#repeatedAt) this.#repeats = 0;
    this.#repeatedAt = nxt;
    const delay = Math.min(COMPRESSION.most, roundTrip * COMPRESSION.share);
    if (!this.#hasSack || this.#repeats < 3 || this.#compressed >= COMPRESSION.count) {
      this.#repeats++;
      this.at = now;
      return;
    }
    this.#compressed++;
    this.at ??= after(now, delay);
  }

  onFin(now: Micros): void {
    // The answer is likely to be a FIN, which will carry the acknowledgement.
    this.#isInteractive = true;
    this.at ??= this.#later(now, this.#delay);
  }

  demand(now: Micros): void {
    this.at = now;
  }

  onRepeat(now: Micros, window: number): void {
    this.#quicken(window);
    this.#isInteractive = false;
    this.#gap = this.#delay;
    this.at = now;
  }

  withoutSack(): void {
    this.#hasSack = false;
  }

  onSent(now: Micros, carriesData: boolean): void {
    this.#compressed = 0;
    if (carriesData && now - this.#lastData < this.#gap) this.#isInteractive = true;
    if (this.#quick > 0 && this.at !== undefined) {
      this.#quick--;
      if (this.#quick === 0) this.#gap = this.#delay;
    }
    this.at = undefined;
    this.#isPushed = false;
    this.#isPushedTwice = false;
  }

  /** tcp_cleanup_rbuf: reading can be the reason to acknowledge. */
  onRead(now: Micros, unacked: number, isDrained: boolean): void {
    if (this.at === undefined) return;
    const isAsked = this.#isPushedTwice || (this.#isPushed && !this.#isInteractive);
    if (unacked > this.segment || (isAsked && isDrained)) this.at = now;
  }

  #later(now: Micros, delay: number): Micros {
    return dueAt(now, delay, this.#parameters);
  }

  #measure(length: number, isPushed: boolean): void {
    if (length >= this.segment) {
      this.segment = Math.min(length, this.#mss);
      if (isPushed) this.#isPushed = true;
      return;
    }
    if (this.#isPushed) this.#isPushedTwice = true;
    this.#isPushed = true;
  }

  /** tcp_event_data_recv: how soon the next is to be expected. */
  #expect({ now, window, rto }: DataArrival): void {
    const passed = now - this.#lastData;
    if (this.#gap === 0) {
      this.#quicken(window);
      this.#gap = this.#delay;
    } else if (passed <= this.#delay / 2) this.#gap = this.#gap / 2 + this.#delay / 2;
    else if (passed < this.#gap) this.#gap = this.#gap / 2 + passed;
    else if (passed > rto) this.#quicken(window);
    this.#lastData = now;
  }

  #quicken(window: number): void {
    const wanted = Math.max(2, Math.floor(window / (2 * this.segment)));
    this.#quick = Math.max(this.#quick, Math.min(wanted, this.#most));
  }
}
