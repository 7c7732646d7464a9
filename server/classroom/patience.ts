// Makes trying out codes and keys slow, and costs nobody else anything: every right request is answered,
// from wherever it comes. A whole classroom may share one address, so only the socket that guesses waits.

import type { Reply } from '../../src/contract/call.ts';
import { refusedAs } from './classroom.ts';
import { Rate } from './rate.ts';

export const PATIENCE = {
  /** Wrong requests of one socket, and of one address over all its sockets, in a window. */
  socket: 20,
  address: 600,
  windowMs: 60_000,
  /** What each wrong request beyond that costs. */
  pauseMs: 1_000,
  /** Requests of one socket that may wait for their turn. */
  waiting: 50,
};

/** Refusals that tell a guesser something. */
const WRONG = new Set(['class/no-such-class', 'class/not-instructor', 'class/not-known']);

interface Clock {
  now(): number;
  pause(ms: number): Promise<void>;
}

export class Patience {
  readonly #clock: Clock;
  readonly #sockets: Rate;
  readonly #addresses: Rate;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#sockets = new Rate(PATIENCE.socket, PATIENCE.windowMs, clock.now);
    this.#addresses = new Rate(PATIENCE.address, PATIENCE.windowMs, clock.now);
  }

  /** For one socket: its requests are answered one after another, so a pause holds up its next guess. */
  forSocket(id: string, address: string) {
    let last: Promise<unknown> = Promise.resolve();
    let waiting = 0;
    return async <T>(answer: () => Reply<T>): Promise<Reply<T>> => {
      if (waiting >= PATIENCE.waiting) return refusedAs('class/slow-down');
      waiting++;
      const turn = last.then(() => this.#answer(id, address, answer));
      last = turn.catch(() => undefined);
      return turn.finally(() => {
        waiting--;
      });
    };
  }

  async #answer<T>(id: string, address: string, answer: () => Reply<T>): Promise<Reply<T>> {
    const reply = answer();
    if (reply.ok || !WRONG.has(reply.code)) return reply;
    const bySocket = this.#sockets.take(id);
    const byAddress = this.#addresses.take(address);
    if (bySocket && byAddress) return reply;
    await this.#clock.pause(PATIENCE.pauseMs);
    return refusedAs('class/slow-down');
  }
}
