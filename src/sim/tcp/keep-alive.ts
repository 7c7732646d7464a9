// Keep-alive (RFC 9293 §3.8.4): asks a peer that has been silent for long whether it is still there.

import { after, type Micros } from '../../lib/time.ts';
import type { TcpParameters } from './parameters.ts';

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
    if (keepAliveIdle !== undefined) this.at = after(now, keepAliveIdle);
  }

  /** True: a probe is to be sent. False: as many as may be went without an answer. */
  onTimer(): boolean {
    this.#probes++;
    return this.#probes <= this.#parameters.keepAliveProbes;
  }

  waitForAnswer(now: Micros): void {
    this.at = after(now, this.#parameters.keepAliveInterval);
  }

  stop(): void {
    this.at = undefined;
  }
}
