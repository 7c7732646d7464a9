// How much a receiver offers: never less than it offered before (RFC 9293 §3.8.6), never a silly
// little more (§3.8.6.2.2), and as Linux does it more as the program proves that it reads. Bytes.

import type { Micros } from '../../lib/time.ts';
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
  readonly #mss: number;
  /** A soft limit that grows with what arrives (`rcv_ssthresh`). */
  #soft: number;
  #round: { at: Micros; read: number; size: number } | undefined;
  #read = 0;
  #rtt = 0;

  constructor({ receiveBuffer, maxReceiveBuffer }: TcpParameters, mss: number) {
    this.capacity = receiveBuffer;
    this.#most = Math.max(receiveBuffer, maxReceiveBuffer);
    this.#mss = mss;
    this.#soft = Math.min(0xffff, receiveBuffer);
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

  /** Data came; true when the soft limit grew (Linux then acknowledges quickly). */
  onData(length: number, buffer: ReceiveBuffer): boolean {
    if (length < 128) return false;
    const free = Math.min(this.capacity, this.capacity - buffer.unreadBytes);
    const room = free - this.#soft;
    if (room <= 0) return false;
    this.#soft += Math.min(room, Math.max(2 * this.#mss, 2 * length));
    return true;
  }

  onRtt(rtt: number): void {
    this.#rtt = this.#rtt === 0 ? rtt : this.#rtt + (rtt - this.#rtt) / 8;
  }

  /** The program read; once a round trip the buffer follows what it read (tcp_rcv_space_adjust). */
  onRead(length: number, now: Micros): void {
    this.#read += length;
    this.#round ??= { at: now, read: 0, size: FIRST_ROUND * this.#mss };
    const { at, read, size } = this.#round;
    if (this.#rtt === 0 || now - at < this.#rtt) return;
    const copied = this.#read - read;
    if (copied > size) {
      let target = 2 * copied + 16 * this.#mss;
      target += 2 * Math.floor((target * (copied - size)) / size);
      this.capacity = Math.max(this.capacity, Math.min(this.#most, target));
    }
    this.#round = { at: now, read: this.#read, size: Math.max(size, copied) };
  }
}
