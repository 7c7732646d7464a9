// The receiving half of a stream: bytes in order for the program, pieces beyond a gap, and the blocks
// that a SACK option tells of (RFC 2018 §4). Knows places, not sequence numbers; owns no window.

import { type Bytes, EMPTY } from '../../lib/bytes.ts';
import { join } from '../../lib/join.ts';

interface Piece {
  readonly start: number;
  readonly payload: Bytes;
}

export interface Block {
  readonly start: number;
  readonly end: number;
}

/** What an arrival did. */
export interface Arrival {
  /** `rcv.nxt` moved on. */
  readonly isInOrder: boolean;
  /** It closed a gap, wholly or in part: acknowledge at once (RFC 5681 §4.2). */
  readonly filledGap: boolean;
  /** What of it had come before. */
  readonly duplicate?: Block;
}

/** As many as Linux remembers, and as fit beside no other option. */
const MAX_BLOCKS = 4;

export class ReceiveBuffer {
  /** The place of the next byte expected (`rcv.nxt`). */
  nxt = 0;
  #unread: Bytes[] = [];
  unreadBytes = 0;
  /** Beyond the gap, in order, not overlapping. */
  #pieces: Piece[] = [];
  piecesBytes = 0;
  /** The latest first. */
  #blocks: Block[] = [];

  get hasGap(): boolean {
    return this.#pieces.length > 0;
  }

  /** What the segment brought that the program reads next. */
  get firstLength(): number {
    return this.#unread[0]?.length ?? 0;
  }

  /** The end of what lies furthest beyond the gap. */
  get farthest(): number {
    const last = this.#pieces.at(-1);
    return last ? last.start + last.payload.length : this.nxt;
  }

  get blocks(): readonly Block[] {
    return this.#blocks;
  }

  insert(start: number, payload: Bytes): Arrival {
    const end = start + payload.length;
    const { nxt } = this;
    if (end <= nxt) return { isInOrder: false, filledGap: false, duplicate: { start, end } };
    if (start > nxt) return this.#insertBeyond(start, payload);
    const hadGap = this.hasGap;
    this.#deliver(payload.subarray(nxt - start));
    this.#drain();
    const partly = start < nxt ? { duplicate: { start, end: nxt } } : {};
    return { isInOrder: true, filledGap: hadGap, ...partly };
  }

  /** A FIN beyond the gap takes a place too, and is reported like data. */
  rememberFin(place: number): void {
    this.#remember({ start: place, end: place + 1 });
  }

  /** Everything the program has not read yet, up to `most` bytes. */
  read(most: number): Bytes {
    const parts: Bytes[] = [];
    let missing = Math.min(most, this.unreadBytes);
    this.unreadBytes -= missing;
    while (missing > 0) {
      const chunk = this.#unread.shift() as Bytes;
      if (chunk.length > missing) this.#unread.unshift(chunk.subarray(missing));
      parts.push(chunk.subarray(0, missing));
      missing -= Math.min(missing, chunk.length);
    }
    return parts.length === 1 ? (parts[0] as Bytes) : parts.length === 0 ? EMPTY : join(parts);
  }

  #deliver(payload: Bytes): void {
    this.nxt += payload.length;
    if (payload.length === 0) return;
    this.#unread.push(payload);
    this.unreadBytes += payload.length;
  }

  /** Moves what has become contiguous over to the program. */
  #drain(): void {
    let used = 0;
    for (const { start, payload } of this.#pieces) {
      if (start > this.nxt) break;
      used++;
      this.piecesBytes -= payload.length;
      this.#deliver(payload.subarray(Math.min(payload.length, this.nxt - start)));
    }
    if (used > 0) this.#pieces.splice(0, used);
    this.#blocks = this.#blocks.filter((block) => block.end > this.nxt);
  }

  #insertBeyond(start: number, payload: Bytes): Arrival {
    const end = start + payload.length;
    let at = this.#pieces.length;
    while (at > 0 && (this.#pieces[at - 1] as Piece).start > start) at--;
    let from = start;
    const before = this.#pieces[at - 1];
    if (before) from = Math.max(from, before.start + before.payload.length);
    // Pieces that the new one covers wholly or in part keep their bytes; it fills what is between.
    const parts: Piece[] = [];
    let next = at;
    for (; next < this.#pieces.length; next++) {
      const piece = this.#pieces[next] as Piece;
      if (piece.start >= end) break;
      if (piece.start > from) parts.push(cut(start, payload, from, piece.start));
      parts.push(piece);
      from = Math.max(from, piece.start + piece.payload.length);
    }
    const covered = parts.length;
    if (from < end) parts.push(cut(start, payload, from, end));
    const kept = this.#pieces.splice(at, next - at, ...parts);
    const added = sum(parts) - sum(kept);
    this.piecesBytes += added;
    this.#remember({ start, end });
    const isDuplicate = added === 0 && (covered > 0 || from >= end);
    return {
      isInOrder: false,
      filledGap: false,
      ...(isDuplicate && { duplicate: { start, end } }),
    };
  }

  /** The block with the new arrival goes first and swallows those it touches. */
  #remember(arrived: Block): void {
    let { start, end } = arrived;
    const others = this.#blocks.filter((block) => {
      if (block.end < start || block.start > end) return true;
      start = Math.min(start, block.start);
      end = Math.max(end, block.end);
      return false;
    });
    this.#blocks = [{ start, end }, ...others].slice(0, MAX_BLOCKS);
  }
}

const sum = (pieces: readonly Piece[]): number =>
  pieces.reduce((total, { payload }) => total + payload.length, 0);

const cut = (start: number, payload: Bytes, from: number, to: number): Piece => ({
  start: from,
  payload: payload.subarray(from - start, to - start),
});
