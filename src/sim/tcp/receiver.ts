// The receiving half of a connection: what came, what is offered, when it is acknowledged. Places in
// the stream, no sequence numbers.

import type { Bytes } from '../../lib/bytes.ts';
import type { Micros } from '../../lib/time.ts';
import { type AckPolicy, createAckPolicy } from './ack-policy.ts';
import type { TcpParameters } from './parameters.ts';
import { type Block, ReceiveBuffer } from './receive-buffer.ts';
import { ReceiveWindow } from './receive-window.ts';

export class Receiver {
  readonly buffer = new ReceiveBuffer();
  readonly window: ReceiveWindow;
  readonly acks: AckPolicy;
  /** Where the peer's FIN stands, once it is known. */
  finPlace: number | undefined;
  /** `RCV.NXT` as last said to the peer. */
  lastAcked = 0;
  /** A range that came twice, to be reported once (RFC 2883). */
  #duplicate: Block | undefined;
  readonly #reports: boolean;
  /** The latest echoed timestamp, and the window whose time is taken where there are none. */
  #lastEcho: Micros | undefined;
  #timed: { readonly at: Micros; readonly end: number } | undefined;
  /** The last thing that came was out of order, so the next acknowledgement is a duplicate. */
  wasOutOfOrder = false;

  constructor(parameters: TcpParameters, mss: number) {
    this.window = new ReceiveWindow(parameters, mss);
    this.acks = createAckPolicy(parameters, mss);
    this.#reports = parameters.dsack;
  }

  /** `RCV.NXT`: behind the FIN once everything before it is there. */
  get nxt(): number {
    return this.buffer.nxt + (this.hasFin ? 1 : 0);
  }

  get hasFin(): boolean {
    return this.finPlace !== undefined && this.buffer.nxt >= this.finPlace;
  }

  /** `RCV.WND`. */
  get wnd(): number {
    return this.window.current(this.nxt);
  }

  onData(start: number, payload: Bytes, isPushed: boolean, rto: Micros, now: Micros): void {
    const arrival = this.buffer.insert(start, payload);
    this.wasOutOfOrder = !arrival.isInOrder;
    if (arrival.isInOrder) this.#timeWindow(now);
    if (arrival.duplicate && this.#reports) this.#duplicate = arrival.duplicate;
    const windowGrew = !arrival.duplicate && this.window.onData(payload.length, this.buffer);
    this.acks.onData({
      now,
      length: payload.length,
      isPushed,
      arrival,
      hasGap: this.buffer.hasGap,
      nxt: this.nxt,
      roundTrip: this.window.roundTrip,
      unacked: this.nxt - this.lastAcked,
      keepsWindow: this.window.proposal(this.nxt, this.buffer, this.acks.segment) >= this.wnd,
      windowGrew,
      window: this.wnd,
      rto,
    });
  }

  /** A full segment echoes when it was asked for: once for each time that is echoed. */
  onEcho(echo: Micros, length: number, now: Micros): void {
    if (echo === this.#lastEcho) return;
    this.#lastEcho = echo;
    if (length < this.acks.segment) return;
    const isDrained = this.buffer.unreadBytes === 0;
    this.window.onRoundTrip(Math.floor(now / 1_000) * 1_000 - echo, isDrained);
  }

  /** Without timestamps: how long a whole window takes (`tcp_rcv_rtt_measure`). */
  #timeWindow(now: Micros): void {
    if (this.#timed && this.nxt < this.#timed.end) return;
    if (this.#timed) this.window.onRoundTrip(Math.max(1, now - this.#timed.at), false);
    this.#timed = { at: now, end: this.nxt + this.wnd };
  }

  /** A FIN came; true when everything before it is there too. */
  takeFin(place: number, now: Micros): boolean {
    this.finPlace = place;
    if (this.hasFin) {
      this.wasOutOfOrder = false;
      return true;
    }
    this.buffer.rememberFin(place);
    this.wasOutOfOrder = true;
    this.acks.demand(now);
    return false;
  }

  /** Nothing of it is new: say so at once. */
  onOldSegment(start: number, end: number, now: Micros): void {
    if (end > start && this.#reports) this.#duplicate = { start, end };
    this.wasOutOfOrder = true;
    if (end > start) this.acks.onRepeat(now, this.wnd);
    else this.acks.demand(now);
  }

  /** For the SACK option, the most telling first; a range that came twice before all others. */
  takeBlocks(most: number): readonly Block[] {
    const duplicate = this.#duplicate;
    this.#duplicate = undefined;
    const blocks = this.buffer.blocks.filter(({ end }) => end > this.nxt);
    if (!duplicate) return blocks.slice(0, most);
    return [duplicate, ...blocks].slice(0, most);
  }

  onSent(now: Micros, carriesData: boolean): void {
    this.lastAcked = this.nxt;
    this.wasOutOfOrder = false;
    this.acks.onSent(now, carriesData);
  }

  /** True where the room this made is worth telling the peer of at once. */
  read(most: number, now: Micros): { readonly bytes: Bytes; readonly opensWindow: boolean } {
    const unread = this.buffer.unreadBytes;
    const first = Math.min(most, this.buffer.firstLength);
    const bytes = this.buffer.read(most);
    if (bytes.length === 0) return { bytes, opensWindow: false };
    // Segment by segment, as the kernel copies them: what a repaired gap sets free is no round's worth.
    this.window.onRead(first, unread - first, now);
    this.window.onRead(bytes.length - first, this.buffer.unreadBytes, now);
    this.acks.onRead(now, this.nxt - this.lastAcked, this.buffer.unreadBytes === 0);
    const { wnd } = this;
    const proposed = this.window.proposal(this.nxt, this.buffer, this.acks.segment);
    const isMuch = 2 * wnd <= this.window.capacity && proposed > 0 && proposed >= 2 * wnd;
    return { bytes, opensWindow: isMuch };
  }
}
