// The transmission control block (RFC 9293 §3.3.1): all that is known of one connection, and the few
// things that both arriving segments and the program's calls do to it.

import { type Bytes, EMPTY } from '../../lib/bytes.ts';
import type { Micros } from '../../lib/time.ts';
import { TCP_FLAG } from '../../wire/tcp.ts';
import { KeepAlive } from './keep-alive.ts';
import type { TcpParameters } from './parameters.ts';
import { Receiver } from './receiver.ts';
import type { Segment, Why } from './segment.ts';
import { bareReset, SegmentWriter } from './segment-writer.ts';
import { Sender } from './sender.ts';
import type { Seq } from './seq.ts';
import { type Ending, step, type TcpCause, type TcpState } from './states.ts';
import { dueAt } from './timer-wheel.ts';

export interface ConnectionSetup {
  readonly parameters: TcpParameters;
  /** The initial send sequence number: chance is the caller's business. */
  readonly isn: number;
  /** The largest payload of a segment that the link takes, without options (1460 for 1500). */
  readonly mss: number;
}

export class Tcb {
  readonly parameters: TcpParameters;
  readonly sender: Sender;
  readonly receiver: Receiver;
  /** What both sides agreed on, and how segments look for it. */
  readonly writer: SegmentWriter;
  state: TcpState = 'CLOSED';
  /** Why it is over, where it did not end in good order. */
  ending: Ending | undefined;
  isPassive = false;
  /** The number and acknowledgement of the segment that last set the window (SND.WL1, SND.WL2). */
  wl1 = 0;
  wl2 = 0;
  readonly keepAlive: KeepAlive;
  readonly outbox: Segment[] = [];
  timeWaitEnd: Micros | undefined;
  #lastChallenge: Micros | undefined;

  constructor({ parameters, isn, mss }: ConnectionSetup) {
    this.parameters = parameters;
    this.sender = new Sender(parameters);
    this.receiver = new Receiver(parameters, mss);
    this.keepAlive = new KeepAlive(parameters);
    this.writer = new SegmentWriter(parameters, isn, mss, [this.sender, this.receiver]);
  }

  advance(cause: TcpCause): void {
    this.state = step(this.state, cause);
    if (this.state === 'CLOSED') this.forget();
  }

  /** Ends it in whatever state it is. */
  end(why: Ending): void {
    this.state = 'CLOSED';
    this.ending = why;
    this.forget();
  }

  startTimeWait(now: Micros): void {
    this.sender.timer.stop();
    this.keepAlive.stop();
    this.timeWaitEnd = dueAt(now, this.parameters.timeWait, this.parameters);
  }

  answerWithSyn(now: Micros): void {
    if (this.sender.nxt === 0) this.sender.sendSyn(now);
    this.push(this.writer.syn(true), now);
  }

  /** An ACK that answers something suspicious (RFC 5961), at most two a second. */
  challenge(now: Micros): void {
    if (this.#lastChallenge !== undefined && now - this.#lastChallenge < 500_000) return;
    this.#lastChallenge = now;
    this.acknowledge(now, 'challenge');
  }

  refuse(at: Seq, now: Micros): void {
    this.push(bareReset(at), now);
  }

  acknowledge(now: Micros, why: Why): void {
    this.push(this.segment(TCP_FLAG.ACK, why), now);
  }

  push(segment: Segment, now: Micros): void {
    this.outbox.push(segment);
    if (segment.flags & TCP_FLAG.ACK) this.receiver.onSent(now, segment.payload.length > 0);
  }

  segment(flags: number, why: Why, place = this.sender.nxt, payload: Bytes = EMPTY): Segment {
    return this.writer.segment(flags, why, place, payload);
  }

  forget(): void {
    this.timeWaitEnd = undefined;
    this.sender.timer.stop();
    this.sender.persist.stop();
    this.keepAlive.stop();
  }
}
