// Bytes of one direction that wait until enough of them are there. Copies nothing while every message lies
// in one segment. Knows no protocol.

import { type Bytes, EMPTY } from '../lib/bytes.ts';
import { join } from '../lib/join.ts';

export class SkimmedStream {
  #pieces: Bytes[] = [];
  #size = 0;
  #needed = 0;

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  /** All that waits with these bytes, when as many are there as are needed. */
  push(bytes: Bytes): Bytes | undefined {
    if (this.#size === 0) return bytes;
    this.#pieces.push(bytes);
    this.#size += bytes.length;
    if (this.#size < this.#needed) return undefined;
    const all = join(this.#pieces);
    this.#pieces = [];
    this.#size = 0;
    return all;
  }

  /** Puts back what could not be read until there are `needed` bytes. */
  keep(rest: Bytes, needed: number): void {
    this.#pieces = rest.length > 0 ? [rest] : [];
    this.#size = rest.length;
    this.#needed = needed;
  }

  clear(): void {
    this.keep(EMPTY, 0);
  }
}
