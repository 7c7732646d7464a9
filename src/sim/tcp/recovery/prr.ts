// Proportional rate reduction (RFC 6937 and its successor, as tcp_cwnd_reduction): during recovery the
// window comes down to ssthresh in step with what arrives, neither at once nor by waiting.

import type { CongestionWindow } from '../congestion/controller.ts';

export class RateReduction {
  #delivered = 0;
  #out = 0;
  #prior = 0;

  start(priorWindow: number): void {
    this.#prior = priorWindow;
    this.#delivered = 0;
    this.#out = 0;
  }

  onSent(): void {
    this.#out++;
  }

  /** `isSafe`: the ACK moved forward and nothing new was found lost. All in segments. */
  onAck(window: CongestionWindow, delivered: number, inFlight: number, isSafe: boolean): void {
    if (delivered <= 0 || this.#prior === 0) return;
    this.#delivered += delivered;
    const room = window.ssthresh - inFlight;
    let allowed: number;
    if (room < 0) {
      allowed = Math.ceil((window.ssthresh * this.#delivered) / this.#prior) - this.#out;
    } else {
      allowed = Math.max(this.#delivered - this.#out, delivered) + (isSafe ? 1 : 0);
      allowed = Math.min(room, allowed);
    }
    // The first retransmission is always allowed.
    allowed = Math.max(allowed, this.#out > 0 ? 0 : 1);
    window.cwnd = inFlight + allowed;
  }
}
