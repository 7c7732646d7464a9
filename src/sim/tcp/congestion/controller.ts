// What decides how fast the window grows and how far a loss cuts it, and nothing else: it neither
// sends, nor reads a clock, nor knows the connection. Windows are in segments.

import type { Micros } from '../../../lib/time.ts';

export interface CongestionWindow {
  cwnd: number;
  ssthresh: number;
}

export interface RttSample {
  readonly rtt: Micros;
  readonly now: Micros;
  /** Places in the stream: what is acknowledged, and what was sent. */
  readonly una: number;
  readonly nxt: number;
}

export interface CongestionController {
  readonly name: string;
  /** `acked` segments arrived while the window, not the program, held the sender back. */
  onAck(window: CongestionWindow, acked: number, now: Micros): void;
  onRtt(window: CongestionWindow, sample: RttSample): void;
  /** The threshold after a loss. */
  thresholdAfterLoss(window: CongestionWindow): number;
  /** A timeout: what was learnt of the path is void. `nxt` is the place up to which was sent. */
  onTimeout(now: Micros, nxt: number): void;
  /** The first segment after `idle` µs without any in flight. */
  onIdle(idle: number, now: Micros): void;
  /** The loss was none after all. */
  onUndo(): void;
}

/** Slow start (RFC 5681 §3.1, counting as RFC 3465 without its limit); gives what it did not use. */
export function slowStart(window: CongestionWindow, acked: number): number {
  const cwnd = Math.min(window.cwnd + acked, window.ssthresh);
  const unused = acked - (cwnd - window.cwnd);
  window.cwnd = cwnd;
  return unused;
}

/** Grows the window by one for every `every` segments acknowledged. */
export class Increase {
  #count = 0;

  add(window: CongestionWindow, every: number, acked: number): void {
    if (this.#count >= every) {
      this.#count = 0;
      window.cwnd++;
    }
    this.#count += acked;
    if (this.#count < every) return;
    const steps = Math.floor(this.#count / every);
    this.#count -= steps * every;
    window.cwnd += steps;
  }

  reset(): void {
    this.#count = 0;
  }
}
