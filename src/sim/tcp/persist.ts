// The persist timer (RFC 9293 §3.8.6.1): asks a receiver whose window is closed, ever more rarely.

import type { Micros } from '../../lib/time.ts';
import type { TcpParameters } from './parameters.ts';
import { dueAt } from './timer-wheel.ts';

export class Persist {
  at: Micros | undefined;
  since: Micros | undefined;
  #backoff = 0;
  readonly #parameters: TcpParameters;

  constructor(parameters: TcpParameters) {
    this.#parameters = parameters;
  }

  /** Begins with the retransmission timeout; goes on where it runs already. */
  start(now: Micros, rto: Micros): void {
    if (this.at !== undefined) return;
    this.since ??= now;
    const { maxRto } = this.#parameters;
    let delay: number = rto;
    for (let i = 0; i < this.#backoff && delay < maxRto; i++) delay *= 2;
    this.at = dueAt(now, Math.min(delay, maxRto), this.#parameters);
  }

  /** It ran out: a probe is due, and the next one later. */
  onTimer(now: Micros, rto: Micros): void {
    this.#backoff++;
    this.at = undefined;
    this.start(now, rto);
  }

  /** The peer answered: it lives, though its window may still be closed. */
  onAnswer(now: Micros): void {
    if (this.since !== undefined) this.since = now;
  }

  stop(): void {
    this.at = undefined;
    this.since = undefined;
    this.#backoff = 0;
  }
}
