// Writes down what crosses a lab's connections. Changes, delays and reorders nothing.

import type { Direction, Endpoint, Noted } from '../../src/capture/record.ts';
import type { Bytes } from '../../src/lib/bytes.ts';
import { type Micros, micros } from '../../src/lib/time.ts';
import { Ring, type RingLimits } from './ring.ts';

/** One connection as the tap sees it. */
export interface Wire {
  /** `at` is when the bytes arrived, where that was before now (monotonic nanoseconds). */
  saw(direction: Direction, bytes: Bytes, at?: bigint): void;
  closed(by: 'client' | 'server', how: 'fin' | 'reset'): void;
}

export class Tap {
  readonly ring: Ring;
  readonly #now: () => bigint;
  readonly #start: bigint;
  #seq = 0;
  #connections = 0;
  /** Records are in the order of their times, also where a held head is written down late. */
  #lastAt = 0;

  /** `now` is a monotonic clock in nanoseconds. */
  constructor(limits: RingLimits, now: () => bigint = process.hrtime.bigint) {
    this.ring = new Ring(limits);
    this.#now = now;
    this.#start = now();
  }

  /** `at` is when the connection was accepted (monotonic nanoseconds). */
  open(lane: string, client: Endpoint, server: Endpoint, at: bigint): Wire {
    const connection = ++this.#connections;
    this.ring.push({ kind: 'open', ...this.#stamp(connection, at), lane, client, server });
    let isOpen = true;
    return {
      saw: (direction, bytes, arrived) => {
        // A copy: the socket's buffer belongs to Node, and the lab may change what it gets.
        const copy = new Uint8Array(bytes);
        this.ring.push({
          kind: 'chunk',
          ...this.#stamp(connection, arrived),
          direction,
          bytes: copy,
        });
      },
      closed: (by, how) => {
        if (!isOpen) return;
        isOpen = false;
        this.ring.push({ kind: 'close', ...this.#stamp(connection), by, how });
      },
    };
  }

  /** Now, in the tap's own time. */
  clock(): Micros {
    return micros(Number(this.#now() - this.#start) / 1_000);
  }

  /** What a program wrote down itself; it keeps its own time, however late it comes. */
  note(note: Omit<Noted, 'kind' | 'seq' | 'at'>): void {
    const { connection: _, ...stamp } = this.#stamp(0);
    this.ring.push({ kind: 'note', ...stamp, ...note });
  }

  #stamp(connection: number, time = this.#now()) {
    const at = micros(Math.max(this.#lastAt, Number(time - this.#start) / 1_000));
    this.#lastAt = at;
    return { seq: ++this.#seq, at, connection };
  }
}
