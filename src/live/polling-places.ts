// How many clients of one run may do nothing but poll.

import type { ClientOptions } from '../demos/demo.ts';

/**
 * Each of them holds a request open, and a browser allows six connections to one place: the others are for pages and
 * for what else is asked for.
 */
const MOST_POLLING = 3;

export class PollingPlaces {
  readonly #taken = new Set<string>();

  /** Before a client connects, for the first time or again. Throws where there is no place for one more. */
  take({ lane, name, transports }: ClientOptions): void {
    if (transports === undefined || transports.includes('websocket')) return;
    this.#taken.add(`${lane} ${name}`);
    if (this.#taken.size > MOST_POLLING) {
      throw new Error('More than three clients of a run would only poll.');
    }
  }
}
