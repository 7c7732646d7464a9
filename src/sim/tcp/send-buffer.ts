// How much a program may write ahead of what is acknowledged. Linux lets the buffer follow cwnd and
// wakes a waiting program when a third of it is free; by the book it has one size. Bytes.

import type { TcpParameters } from './parameters.ts';

/** What Linux keeps beside the payload of each piece it sends: its `sk_buff` and room for headers. */
export const PIECE_COST = 832;
const HEADERS = 576;
const SK_BUFF = 256;
/** The longest piece that a program's writing is put into (gso_max_size less its headers). */
const LONGEST_PIECE = 65_215;

interface SendState {
  /** What the buffer holds, with what that costs. */
  readonly used: number;
  readonly unsent: number;
  /** What congestion and receiver would let go at once. */
  readonly mayLeave: number;
  readonly mss: number;
  readonly greatestWindow: number;
}

export class SendBuffer {
  capacity: number;
  readonly #most: number;
  readonly #follows: boolean;
  readonly #firstWindow: number;
  /** The program has more to write and waits for room. */
  #isWaiting = false;
  /** How much is in the last piece that was written into, sent or not. */
  #tail = 0;

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

  /**
   * How many of `wanted` bytes are taken. A piece that was begun is filled however full the buffer is; while it is
   * the only one it leaves as far as it may, and what left makes room in it (`tcp_sendmsg`, `tcp_push_one`).
   */
  take(wanted: number, { used, unsent, mayLeave, mss, greatestWindow }: SendState): number {
    if (!this.#follows) return Math.max(0, Math.min(wanted, this.capacity - used));
    if (this.#isWaiting) return 0;
    const most = Math.min(LONGEST_PIECE, Math.floor(greatestWindow / 2));
    const piece = Math.max(1, Math.floor(most / mss)) * mss;
    let cost = used;
    let waits = unsent;
    let quota = mayLeave;
    let taken = 0;
    this.#tail = Math.min(this.#tail, unsent);
    while (taken < wanted) {
      if (this.#tail === 0 || this.#tail >= piece) {
        if (cost >= this.capacity) break;
        this.#tail = 0;
        cost += PIECE_COST;
      }
      const more = Math.min(wanted - taken, piece - this.#tail);
      this.#tail += more;
      taken += more;
      cost += more;
      waits += more;
      const leaves = this.#tail === piece && waits === piece ? Math.min(piece, 2 * mss, quota) : 0;
      if (leaves === 0) continue;
      quota -= leaves;
      waits -= leaves;
      this.#tail -= leaves;
      cost += PIECE_COST;
    }
    this.#isWaiting = taken < wanted;
    return taken;
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
