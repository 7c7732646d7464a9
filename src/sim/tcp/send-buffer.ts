// How much a program may write ahead of what is acknowledged. Linux lets the buffer follow cwnd and
// wakes a waiting program when a third of it is free; by the book it has one size. Bytes.

import type { TcpParameters } from './parameters.ts';

/** What Linux keeps beside the payload of each piece it sends: its `sk_buff` and room for headers. */
export const PIECE_COST = 832;
const HEADERS = 576;
const SK_BUFF = 256;
/** The longest piece that a program's writing is put into (gso_max_size less its headers). */
const LONGEST_PIECE = 65_215;

export class SendBuffer {
  capacity: number;
  readonly #most: number;
  readonly #follows: boolean;
  readonly #firstWindow: number;
  /** The program has more to write and waits for room. */
  #isWaiting = false;
  /** What still fits into the last piece, however full the buffer is. */
  #begun = 0;

  constructor({ sendBuffer, sendBufferGrows, initialWindow }: TcpParameters) {
    this.#most = sendBuffer;
    this.#follows = sendBufferGrows;
    this.#firstWindow = initialWindow;
    this.capacity = sendBuffer;
  }

  /** The connection is open, `mss` is what a full packet carries beside its headers. */
  begin(mss: number): void {
    if (this.#follows) this.capacity = this.#sizeFor(this.#firstWindow, mss);
  }

  /** How many of `wanted` bytes are taken where `used` are there; whole pieces, so a little more. */
  take(wanted: number, used: number, mss: number, greatestWindow: number): number {
    if (!this.#follows) return Math.max(0, Math.min(wanted, this.capacity - used));
    if (this.#isWaiting) return 0;
    const most = Math.min(LONGEST_PIECE, Math.floor(greatestWindow / 2));
    const piece = Math.max(1, Math.floor(most / mss)) * mss;
    const free = Math.max(0, this.capacity - used - this.#begun);
    const room = this.#begun + Math.ceil(free / (piece + PIECE_COST)) * piece;
    const taken = Math.min(wanted, room);
    this.#begun = (room - taken) % piece;
    this.#isWaiting = taken < wanted;
    return taken;
  }

  /** All that was written is sent: nothing more goes into the last piece. */
  onDrained(): void {
    this.#begun = 0;
  }

  /** An ACK was dealt with and all that may leave has left (`tcp_check_space`). */
  onSettled(used: number, inFlight: number, cwnd: number, mss: number): void {
    if (!this.#isWaiting) return;
    if (inFlight < cwnd) this.capacity = Math.max(this.capacity, this.#sizeFor(cwnd, mss));
    if (3 * used <= 2 * this.capacity) this.#isWaiting = false;
  }

  /** Twice what a window takes (`tcp_sndbuf_expand`). */
  #sizeFor(cwnd: number, mss: number): number {
    let segment = 1;
    while (segment < mss + HEADERS) segment *= 2;
    return Math.min(this.#most, 2 * Math.max(this.#firstWindow, cwnd) * (segment + SK_BUFF));
  }
}
