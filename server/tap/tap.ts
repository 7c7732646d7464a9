// Writes down what crosses a lab's connections, and what the link says of itself. Changes, delays and
// reorders nothing.

import type { Direction, Endpoint, Faulted, Noted } from '../../src/capture/record.ts';
import type { Bytes } from '../../src/lib/bytes.ts';
import { type Micros, micros } from '../../src/lib/time.ts';
import { Ring, type RingLimits } from './ring.ts';

/** One connection as the tap sees it. */
export interface Wire {
  /** Its number in the tap. */
  readonly id: number;
  /** `at` is when the bytes arrived, where that was before now (monotonic nanoseconds). */
  saw(direction: Direction, bytes: Bytes, at?: bigint): void;
  /** With `half` the other side may still send. Only what is new is written down. */
  closed(by: 'client' | 'server', how: 'fin' | 'reset', half?: 'half'): void;
  /** Bytes of the stream that are at the lab's end of the link now, and not at the socket's. */
  passed(direction: Direction, from: number, offset: number): void;
  /** Bytes that died in the link; `down` they never crossed the socket, so they are told. */
  lost(direction: Direction, from: number, bytes: Bytes): void;
}

/** What the link says that it did. */
export type FaultNote = Omit<Faulted, 'kind' | 'seq' | 'at'>;

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
    const closed = this.#closer(connection);
    return {
      id: connection,
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
      closed,
      passed: (direction, from, offset) =>
        this.ring.push({ kind: 'passed', ...this.#stamp(connection), direction, from, offset }),
      lost: (direction, from, bytes) => {
        const told = direction === 'down' ? { bytes: new Uint8Array(bytes) } : {};
        const { length } = bytes;
        this.ring.push({
          kind: 'lost',
          ...this.#stamp(connection),
          direction,
          from,
          length,
          ...told,
        });
      },
    };
  }

  #closer(connection: number): Wire['closed'] {
    const ended = new Set<'client' | 'server'>();
    let isOver = false;
    return (by, how, half) => {
      if (isOver || (how === 'fin' && ended.has(by))) return;
      ended.add(by);
      isOver = !half || ended.size === 2;
      const close = { kind: 'close', ...this.#stamp(connection), by, how } as const;
      this.ring.push(isOver ? close : { ...close, half: true });
    };
  }

  /** Now, in the tap's own time. */
  clock(): Micros {
    return this.timeOf(this.#now());
  }

  /** A moment of the monotonic clock, in the tap's own time. */
  timeOf(nanoseconds: bigint): Micros {
    return micros(Number(nanoseconds - this.#start) / 1_000);
  }

  /** What a program wrote down itself; it keeps its own time, however late it comes. */
  note(note: Omit<Noted, 'kind' | 'seq' | 'at'>): void {
    const { connection: _, ...stamp } = this.#stamp(0);
    this.ring.push({ kind: 'note', ...stamp, ...note });
  }

  /** An IP packet of that connection, from its header on, that the operating system saw. */
  packet(connection: number, direction: Direction, bytes: Bytes): void {
    this.ring.push({
      kind: 'packet',
      ...this.#stamp(connection),
      direction,
      bytes: new Uint8Array(bytes),
    });
  }

  /** What the link did. */
  fault(note: FaultNote): void {
    const { connection: _, ...stamp } = this.#stamp(0);
    this.ring.push({ kind: 'fault', ...stamp, ...note });
  }

  #stamp(connection: number, time = this.#now()) {
    const at = micros(Math.max(this.#lastAt, Number(time - this.#start) / 1_000));
    this.#lastAt = at;
    return { seq: ++this.#seq, at, connection };
  }
}
