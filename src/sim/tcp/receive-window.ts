// How much a receiver offers: never less than it offered before (RFC 9293 §3.8.6), never a silly
// little more (§3.8.6.2.2), and as Linux does it more as the program proves that it reads. Bytes.

import { type Micros, micros } from '../../lib/time.ts';
import type { TcpParameters } from './parameters.ts';
import type { ReceiveBuffer } from './receive-buffer.ts';

/** Linux TCP_INIT_CWND segments: what a first round trip is expected to bring. */
const FIRST_ROUND = 10;

export class ReceiveWindow {
  /** What payload the buffer takes at present. */
  capacity: number;
  /** The place up to which the peer may send (`rcv.nxt + rcv.wnd`). */
  edge = 0;
  /** The shift both sides agreed on. */
  shift = 0;
  readonly #most: number;
  /** A soft limit that grows with what arrives (`rcv_ssthresh`). */
  #soft: number;
  /** A full segment of the peer's. */
  #segment: number;
  /** What the program read since when, and in the best round before. */
  #round: { readonly at: Micros; readonly read: number; readonly size: number };
  #read = 0;
  /** From an acknowledgement to what it let the peer send; 0: not known. */
  roundTrip = 0;

  constructor({ receiveBuffer, maxReceiveBuffer }: TcpParameters, mss: number) {
    this.capacity = receiveBuffer;
    this.#most = Math.max(receiveBuffer, maxReceiveBuffer);
    this.#segment = mss;
    this.#soft = Math.min(0xffff, receiveBuffer);
    this.#round = { at: micros(0), read: 0, size: FIRST_ROUND * mss };
  }

  /** What a SYN offers, unscaled: a whole number of segments of this length. */
  first(segment: number): number {
    const most = Math.min(this.#soft, 0xffff);
    this.#soft = most > segment ? most - (most % segment) : most;
    return this.#soft;
  }

  current(nxt: number): number {
    return Math.max(0, this.edge - nxt);
  }

  /** The window to offer, in bytes; moves the edge. `segment` is the largest seen (`rcv_mss`). */
  offer(nxt: number, buffer: ReceiveBuffer, segment: number): number {
    const current = this.current(nxt);
    const chosen = this.proposal(nxt, buffer, segment);
    const unit = 2 ** this.shift;
    const kept = chosen < current ? Math.ceil(current / unit) * unit : chosen;
    const window = Math.min(kept, 0xffff * unit);
    this.edge = Math.max(this.edge, nxt + window);
    return window;
  }

  /** What would be offered if the window could shrink (`__tcp_select_window`). */
  proposal(nxt: number, buffer: ReceiveBuffer, segment: number): number {
    const full = this.capacity;
    const most = Math.min(segment, full);
    const unit = 2 ** this.shift;
    let free = Math.max(0, full - buffer.unreadBytes - buffer.piecesBytes);
    free -= free % unit;
    if (free < full / 16 || free < most) return 0;
    free = Math.min(free, this.#soft);
    if (this.shift > 0) return Math.ceil(free / unit) * unit;
    const current = this.current(nxt);
    if (current <= free - most || current > free) return free - (free % most);
    return current;
  }

  /** The connection is open: the first round begins (`tcp_init_buffer_space`). */
  begin(now: Micros, segment: number): void {
    this.#segment = segment;
    const size = Math.min(this.#soft, FIRST_ROUND * segment);
    this.#round = { at: now, read: this.#read, size };
  }

  /** Data came; true when the soft limit grew (Linux then acknowledges quickly). */
  onData(length: number, buffer: ReceiveBuffer): boolean {
    if (buffer.hasGap) this.#grow(this.#round.size, buffer.farthest - buffer.nxt);
    if (length < 128) return false;
    const free = this.capacity - buffer.unreadBytes - buffer.piecesBytes;
    const room = free - this.#soft;
    if (room <= 0) return false;
    this.#soft += Math.min(room, Math.max(2 * this.#segment, 2 * length));
    return true;
  }

  /**
   * A round trip as an echoed timestamp tells it, or the time that a whole window took. The least
   * counts; a longer one only while nothing waits to be read (`tcp_rcv_rtt_update`).
   */
  onRoundTrip(time: number, mayBeLonger: boolean): void {
    if (time <= 0) return;
    if (this.roundTrip === 0 || time < this.roundTrip) this.roundTrip = time;
    else if (mayBeLonger) this.roundTrip += (time - this.roundTrip) / 8;
  }

  /** The program read; once a round trip the buffer follows what it read (`tcp_rcv_space_adjust`). */
  onRead(length: number, unread: number, now: Micros): void {
    this.#read += length;
    const { at, read, size } = this.#round;
    if (this.roundTrip === 0 || now - at < this.roundTrip) return;
    const copied = this.#read - read - unread;
    if (copied > size) this.#grow(copied, 0);
    this.#round = { at: now, read: this.#read, size: Math.max(size, copied) };
  }

  /** What comes in the next round, as many again for the one on its way, and room to double. */
  #grow(copied: number, beyondGap: number): void {
    const { size } = this.#round;
    let target = 2 * copied;
    target += 2 * Math.floor((target * (copied - size)) / size);
    this.capacity = Math.max(this.capacity, Math.min(this.#most, target + beyondGap));
  }
}
