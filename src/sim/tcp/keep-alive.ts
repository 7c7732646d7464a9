// Keep-alive (RFC 9293 §3.8.4): asks a peer that has been silent for long whether it is still there.

import type { Micros } from '../../lib/time.ts';
import type { TcpParameters } from './parameters.ts';
import { dueAt } from './timer-wheel.ts';

export class KeepAlive {
  at: Micros | undefined;
  #probes = 0;
  readonly #parameters: TcpParameters;

  constructor(parameters: TcpParameters) {
    this.#parameters = parameters;
  }

  /** Anything from the peer shows that it lives. */
  onArrival(now: Micros): void {
    const { keepAliveIdle } = this.#parameters;
    this.#probes = 0;
    if (keepAliveIdle !== undefined) this.at = dueAt(now, keepAliveIdle, this.#parameters);
  }

  /** True: a probe is to be sent. False: as many as may be went without an answer. */
  onTimer(): boolean {
    this.#probes++;
    return this.#probes <= this.#parameters.keepAliveProbes;
  }

  waitForAnswer(now: Micros): void {
    this.at = dueAt(now, this.#parameters.keepAliveInterval, this.#parameters);
  }

  stop(): void {
    this.at = undefined;
  }
}
