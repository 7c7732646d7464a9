// One TCP connection (RFC 9293) without sockets and timers: it is told what arrived and what time it
// is, and asked what to send and when to come back. Knows no addresses and no ports.

import type { Bytes } from '../../lib/bytes.ts';
import type { Micros } from '../../lib/time.ts';
import { TCP_FLAG } from '../../wire/tcp.ts';
import { segmentArrives } from './arrival.ts';
import type { Segment, Why } from './segment.ts';
import type { Outgoing, Sender } from './sender.ts';
import { isSynchronized } from './states.ts';
import { Tcb } from './tcb.ts';

export class Connection extends Tcb {
  /** A segment came since all that may leave has left. */
  #hasArrival = false;

  /** The active OPEN (§3.10.1). */
  open(now: Micros): void {
    this.writer.clock = now;
    this.advance('active open');
    this.sender.sendSyn(now);
    this.push(this.writer.syn(false), now);
  }

  /** The passive OPEN: one connection to come, as an entry in a listener's queue. */
  listen(): void {
    this.advance('passive open');
    this.isPassive = true;
  }

  /** SEND (§3.10.2): how many bytes were taken; the program waits with the rest. */
  write(bytes: Bytes, now: Micros): number {
    this.writer.clock = now;
    if (this.sender.isClosing || this.state === 'CLOSED') return 0;
    if (this.state === 'LISTEN') {
      this.advance('send');
      this.isPassive = false;
      this.sender.sendSyn(now);
      this.push(this.writer.syn(false), now);
    }
    const taken = take(this.sender, bytes.length);
    this.sender.queue.write(taken === bytes.length ? bytes : bytes.subarray(0, taken));
    return taken;
  }

  /** RECEIVE (§3.10.3): what has come in order, up to `most` bytes. */
  read(most: number, now: Micros): Bytes {
    this.writer.clock = now;
    const { bytes, opensWindow } = this.receiver.read(most, now);
    if (opensWindow && isSynchronized(this.state)) this.acknowledge(now, 'window update');
    return bytes;
  }

  /** CLOSE (§3.10.4): nothing more to send; reading goes on (a half-close). */
  close(): void {
    if (this.sender.isClosing) return;
    if (this.state === 'LISTEN' || this.state === 'SYN-SENT') {
      this.advance('close');
      this.forget();
      return;
    }
    this.sender.isClosing = this.state !== 'CLOSED' && this.state !== 'TIME-WAIT';
  }

  /** ABORT (§3.10.5). */
  abort(now: Micros): void {
    this.writer.clock = now;
    const { state } = this;
    if (state === 'CLOSED') return;
    if (isSynchronized(state) || state === 'SYN-RECEIVED') {
      if (state !== 'TIME-WAIT') this.push(this.segment(TCP_FLAG.RST | TCP_FLAG.ACK, 'reset'), now);
    }
    this.end('aborted');
  }

  onSegment(segment: Segment, now: Micros): void {
    this.writer.clock = now;
    if (this.state === 'CLOSED') return;
    this.keepAlive.onArrival(now);
    segmentArrives(this, segment, now);
    this.#hasArrival = true;
  }

  /** A router says that packets must be shorter: `mss` is what fits now (RFC 8201, RFC 1191). */
  onPathMtu(mss: number): void {
    if (this.writer.onPathMtu(mss)) this.sender.cutSmaller();
  }

  /** The next segment to leave now, in the order they must leave; `undefined`: nothing now. */
  nextSegment(now: Micros): Segment | undefined {
    this.writer.clock = now;
    this.#runTimers(now);
    const waiting = this.outbox.shift();
    if (waiting) return waiting;
    if (this.state === 'CLOSED' || this.state === 'LISTEN' || this.state === 'TIME-WAIT') {
      return this.#owedAcknowledgement(now);
    }
    const closesEarly = this.state === 'SYN-RECEIVED' && this.sender.queue.length === 0;
    const canSendData = isSynchronized(this.state) || (closesEarly && this.sender.isClosing);
    const outgoing = this.sender.next(now, canSendData);
    if (outgoing) return this.#sendData(outgoing, now);
    if (canSendData) this.sender.updatePersist(now);
    if (this.#hasArrival) this.sender.onSettled();
    this.#hasArrival = false;
    return this.#owedAcknowledgement(now);
  }

  /** When `nextSegment` will next have something to say. */
  deadline(): Micros | undefined {
    const { sender, receiver, keepAlive } = this;
    if (this.state === 'CLOSED') return undefined;
    let first: Micros | undefined = this.timeWaitEnd;
    for (const at of [sender.timer.at, sender.persist.at, receiver.acks.at, keepAlive.at]) {
      if (at !== undefined && (first === undefined || at < first)) first = at;
    }
    return first;
  }

  #runTimers(now: Micros): void {
    const { sender } = this;
    if (this.timeWaitEnd !== undefined && now >= this.timeWaitEnd) this.advance('2 MSL elapsed');
    if (this.state === 'CLOSED') return;
    if (sender.timer.at !== undefined && now >= sender.timer.at) {
      if (sender.timer.kind === 'rto' && sender.hasGivenUp(now)) this.end('timed out');
      else sender.onTimer(now);
    }
    if (sender.persist.at !== undefined && now >= sender.persist.at) this.#probeWindow(now);
    const { keepAlive } = this;
    if (keepAlive.at === undefined || now < keepAlive.at) return;
    if (keepAlive.onTimer()) {
      keepAlive.waitForAnswer(now);
      this.push(this.#oldByte('keep-alive'), now);
      return;
    }
    this.abort(now);
    this.ending = 'timed out';
  }

  #probeWindow(now: Micros): void {
    const { sender } = this;
    if (sender.hasGivenUp(now)) {
      this.end('timed out');
      return;
    }
    sender.persist.onTimer(now, sender.rtt.rto);
    const outgoing = sender.takeProbe(now);
    this.push(outgoing ? this.#sendData(outgoing, now) : this.#oldByte('window probe'), now);
  }

  #owedAcknowledgement(now: Micros): Segment | undefined {
    const { receiver } = this;
    const { at } = receiver.acks;
    if (at === undefined || now < at || this.state === 'CLOSED') return undefined;
    const isRepeat = receiver.wasOutOfOrder && receiver.nxt === receiver.lastAcked;
    const why = isRepeat ? 'duplicate acknowledgement' : 'acknowledgement';
    const segment = this.segment(TCP_FLAG.ACK, why);
    receiver.onSent(now, false);
    return segment;
  }

  #sendData({ sent, why }: Outgoing, now: Micros): Segment {
    if (sent.flags & TCP_FLAG.SYN) {
      return this.writer.syn(this.state !== 'SYN-SENT', why);
    }
    const flags = TCP_FLAG.ACK | sent.flags;
    if (sent.flags & TCP_FLAG.FIN && sent.transmissions === 1) this.#onFinSent();
    const segment = this.segment(flags, why, sent.start, sent.payload);
    this.receiver.onSent(now, true);
    return segment;
  }

  /** §3.10.4: the state changes when the FIN goes, which may be long after CLOSE. */
  #onFinSent(): void {
    const { state } = this;
    const isOpen = state === 'ESTABLISHED' || state === 'CLOSE-WAIT' || state === 'SYN-RECEIVED';
    if (isOpen) this.advance('close');
  }

  /** A segment without data before what is acknowledged, to which any peer must answer. */
  #oldByte(why: Why): Segment {
    return this.segment(TCP_FLAG.ACK, why, this.sender.una - 1);
  }
}

/** How many of so many bytes the buffer takes from the program. */
function take(sender: Sender, wanted: number): number {
  const { buffer, buffered, queue, scoreboard, window, mss, room, maxWnd } = sender;
  const free = Math.max(0, window.cwnd - scoreboard.inFlight) * mss;
  const mayLeave = Math.max(0, Math.min(free, room) - queue.length);
  const state = { used: buffered, unsent: queue.length, mayLeave, mss, greatestWindow: maxWnd };
  return buffer.take(wanted, state);
}
