// The bytes a program wrote that have not been sent yet. Sent ones are the scoreboard's.

import { type Bytes, concat, EMPTY } from '../../lib/bytes.ts';

export class SendQueue {
  #chunks: Bytes[] = [];
  /** How far the first chunk is used up. */
  #used = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  write(bytes: Bytes): void {
    if (bytes.length === 0) return;
    this.#chunks.push(bytes);
    this.#length += bytes.length;
  }

  /** Takes the next `count` bytes out: a view where they lie in one chunk, else a copy. */
  take(count: number): Bytes {
    const parts: Bytes[] = [];
    let missing = Math.min(count, this.#length);
    this.#length -= missing;
    while (missing > 0) {
      const chunk = this.#chunks[0] as Bytes;
      const part = chunk.subarray(this.#used, this.#used + missing);
      parts.push(part);
      missing -= part.length;
      this.#used += part.length;
      if (this.#used === chunk.length) {
        this.#chunks.shift();
        this.#used = 0;
      }
    }
    return parts.length === 1 ? (parts[0] as Bytes) : parts.length === 0 ? EMPTY : concat(...parts);
  }

  /** Puts back in front what was taken last. */
  putBack(bytes: Bytes): void {
    const rest = this.#chunks[0]?.subarray(this.#used);
    if (rest) this.#chunks[0] = rest;
    this.#chunks.unshift(bytes);
    this.#used = 0;
    this.#length += bytes.length;
  }
}
