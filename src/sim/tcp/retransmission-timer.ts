// The one timer for what was sent and not acknowledged: timeout, tail loss probe or reordering. As in
// Linux it runs for one of them at a time.

import { type Micros, micros } from '../../lib/time.ts';
import type { TcpParameters } from './parameters.ts';
import type { RttEstimator } from './rtt.ts';
import { dueAt } from './timer-wheel.ts';

export type TimerKind = 'rto' | 'tlp' | 'reo';

export class RetransmissionTimer {
  kind: TimerKind = 'rto';
  at: Micros | undefined;
  /** Timeouts in a row. */
  backoff = 0;
  readonly #rtt: RttEstimator;
  readonly #maxRto: number;
  readonly #parameters: TcpParameters;

  constructor(rtt: RttEstimator, parameters: TcpParameters) {
    this.#rtt = rtt;
    this.#maxRto = parameters.maxRto;
    this.#parameters = parameters;
  }

  /** RFC 6298 (5.5): doubled with every timeout in a row. */
  get rto(): Micros {
    let { rto } = this.#rtt;
    for (let i = 0; i < this.backoff && rto < this.#maxRto; i++) rto = micros(rto * 2);
    return micros(Math.min(rto, this.#maxRto));
  }

  set(kind: TimerKind, now: Micros, delay: number): void {
    this.kind = kind;
    this.at = dueAt(now, delay, this.#parameters);
  }

  /** To run out at a certain time, or as soon as can be where that is past. */
  setAt(kind: TimerKind, now: Micros, at: number): void {
    this.set(kind, now, Math.max(1, at - now));
  }

  stop(): void {
    this.at = undefined;
    this.kind = 'rto';
  }
}
