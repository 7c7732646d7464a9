// Whether the congestion window is still a measure of the path: it grows only while it holds the
// sender back (RFC 7661, tcp_cwnd_validate), and shrinks when nothing was sent for long.

import type { CongestionWindow } from './congestion/controller.ts';

export class WindowUse {
  #isLimited = false;
  /** The place up to which the present round trip goes. */
  #until = 0;
  #maxOut = 0;

  /** Remembers it for a round trip. Places: what is acknowledged, and what was sent. */
  note(isLimited: boolean, packetsOut: number, una: number, nxt: number): void {
    const isGreater = !this.#isLimited && packetsOut > this.#maxOut;
    if (una < this.#until && !isLimited && !isGreater) return;
    this.#isLimited = isLimited;
    this.#maxOut = packetsOut;
    this.#until = nxt;
  }

  allowsGrowth({ cwnd, ssthresh }: CongestionWindow): boolean {
    return this.#isLimited || (cwnd < ssthresh && cwnd < 2 * this.#maxOut);
  }
}

/** RFC 5681 §4.1, as `tcp_cwnd_restart`: half of it for every timeout's time in which nothing was sent. */
export function restartAfterIdle(
  window: CongestionWindow,
  initialWindow: number,
  idle: number,
  rto: number,
): void {
  if (idle <= rto) return;
  const least = Math.min(initialWindow, window.cwnd);
  const kept = Math.floor(window.cwnd / 2) + Math.floor(window.cwnd / 4);
  if (Number.isFinite(window.ssthresh)) window.ssthresh = Math.max(window.ssthresh, kept);
  for (let rest = idle - rto; rest > 0 && window.cwnd > least; rest -= rto) {
    window.cwnd = Math.floor(window.cwnd / 2);
  }
  window.cwnd = Math.max(window.cwnd, least);
}
