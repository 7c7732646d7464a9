// One direction of one connection as a queue of bytes that remembers when each byte passed. Knows
// no protocol.

import { type Bytes, EMPTY } from '../lib/bytes.ts';
import { type Micros, micros } from '../lib/time.ts';

export interface Taken {
  readonly bytes: Bytes;
  /** Of the first byte, in the whole stream. */
  readonly offset: number;
  readonly firstAt: Micros;
  readonly at: Micros;
}

const SMALLEST = 1 << 10;

export class ByteStream {
  /** Nothing will follow. */
  isEnded = false;
  #buffer: Bytes = EMPTY;
  #start = 0;
  #end = 0;
  #offset: number;
  /** Each chunk's end in the stream, and its time. */
  #marks: { readonly end: number; readonly at: Micros }[] = [];
  #firstMark = 0;

  /** `offset` of the first byte to come. */
  constructor(offset = 0) {
    this.#offset = offset;
  }

  /** The offset behind the last byte that came. */
  get endOffset(): number {
    return this.#offset + this.length;
  }

  /** How many bytes wait. */
  get length(): number {
    return this.#end - this.#start;
  }

  /** The waiting bytes, without a copy: valid until the next `push`. */
  get waiting(): Bytes {
    return this.#buffer.subarray(this.#start, this.#end);
  }

  push(bytes: Bytes, at: Micros): void {
    if (bytes.length === 0) return;
    if (this.#end + bytes.length > this.#buffer.length) this.#makeRoom(bytes.length);
    this.#buffer.set(bytes, this.#end);
    this.#end += bytes.length;
    this.#marks.push({ end: this.#offset + this.length, at });
  }

  /** Doubling keeps the cost of copying in proportion to the bytes that came. */
  #makeRoom(more: number): void {
    const needed = this.length + more;
    const isRoomy = needed * 2 <= this.#buffer.length;
    const buffer = isRoomy ? this.#buffer : new Uint8Array(Math.max(SMALLEST, needed * 2));
    buffer.set(this.waiting);
    this.#buffer = buffer;
    this.#end = this.length;
    this.#start = 0;
  }

  /** Removes the first `count` bytes, at least 1, which must be there. */
  take(count: number): Taken {
    const bytes = this.#buffer.slice(this.#start, this.#start + count);
    const offset = this.#offset;
    const firstAt = this.#timeOf(offset);
    const at = this.#timeOf(offset + count - 1);
    this.#start += count;
    this.#offset += count;
    return { bytes, offset, firstAt, at };
  }

  /** Only ever asked for later bytes, so that the marks before them can go. */
  #timeOf(offset: number): Micros {
    while ((this.#marks[this.#firstMark]?.end ?? Number.POSITIVE_INFINITY) <= offset) {
      this.#firstMark++;
    }
    if (this.#firstMark > 1024) {
      this.#marks = this.#marks.slice(this.#firstMark);
      this.#firstMark = 0;
    }
    return this.#marks[this.#firstMark]?.at ?? micros(0);
  }

  /** Waits until `count` bytes are there; `false` when the stream ended before. */
  *need(count: number): Generator<void, boolean> {
    while (this.length < count) {
      if (this.isEnded) return false;
      yield;
    }
    return true;
  }

  /**
   * Waits for a pattern and gives the position behind it, or `undefined` when it does not come
   * within `limit` bytes. No byte is looked at twice.
   */
  *find(
    pattern: readonly number[],
    from: number,
    limit: number,
  ): Generator<void, number | undefined> {
    const [first = 0] = pattern;
    for (let at = from; ; ) {
      const { waiting } = this;
      const found = waiting.indexOf(first, at);
      at = found < 0 ? waiting.length : found;
      if (at + pattern.length > limit) return undefined;
      if (!(yield* this.need(at + pattern.length))) return undefined;
      const here = this.waiting;
      if (pattern.every((byte, i) => here[at + i] === byte)) return at + pattern.length;
      if (here[at] === first) at++;
    }
  }
}
