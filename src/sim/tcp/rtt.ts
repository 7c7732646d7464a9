// Round-trip time and retransmission timeout (RFC 6298 §2), in the RFC's way and in Linux's. Sets no
// timer. Times in µs.

import { type Micros, micros } from '../../lib/time.ts';
import type { TcpParameters } from './parameters.ts';

export interface RttEstimator {
  /** Smoothed; `undefined` before the first measurement. */
  readonly srtt: Micros | undefined;
  readonly rttvar: Micros;
  /** Without back-off, rounded up to the clock's tick. */
  readonly rto: Micros;
  /** The least ever measured. */
  readonly min: Micros | undefined;
  /** `una` and `nxt` are places: Linux looks at the variance once a round trip. */
  sample(rtt: Micros, una: number, nxt: number): void;
}

type Bounds = Pick<TcpParameters, 'initialRto' | 'minRto' | 'maxRto' | 'clockTick' | 'estimator'>;

export function createRtt(parameters: Bounds): RttEstimator {
  return parameters.estimator === 'linux' ? new LinuxRtt(parameters) : new RfcRtt(parameters);
}

class RfcRtt implements RttEstimator {
  srtt: Micros | undefined;
  rttvar = micros(0);
  rto: Micros;
  min: Micros | undefined;
  readonly #bounds: Bounds;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
    this.rto = bounds.initialRto;
  }

  sample(rtt: Micros): void {
    this.min = micros(Math.min(this.min ?? rtt, rtt));
    if (this.srtt === undefined) {
      this.srtt = rtt; // (2.2)
      this.rttvar = micros(rtt / 2);
    } else {
      this.rttvar = micros(0.75 * this.rttvar + 0.25 * Math.abs(this.srtt - rtt)); // (2.3)
      this.srtt = micros(0.875 * this.srtt + 0.125 * rtt);
    }
    const { clockTick, minRto, maxRto } = this.#bounds;
    const rto = this.srtt + Math.max(clockTick, 4 * this.rttvar);
    this.rto = micros(Math.min(maxRto, Math.max(minRto, ticks(rto, clockTick)))); // (2.4), (2.5)
  }
}

/**
 * `tcp_rtt_estimator`: the variance may grow at once but shrinks once a round trip, and never below
 * the least timeout, which is added to SRTT rather than a bound of the whole.
 */
class LinuxRtt implements RttEstimator {
  /** In eighths of a µs, as Linux keeps it. */
  #srtt8 = 0;
  /** In quarters of a µs. */
  #mdev4 = 0;
  #mdevMax = 0;
  #rttvar4 = 0;
  #round = 0;
  rto: Micros;
  min: Micros | undefined;
  readonly #bounds: Bounds;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
    this.rto = bounds.initialRto;
  }

  get srtt(): Micros | undefined {
    return this.#srtt8 === 0 ? undefined : micros(this.#srtt8 / 8);
  }

  get rttvar(): Micros {
    return micros(this.#rttvar4 / 4);
  }

  sample(rtt: Micros, una: number, nxt: number): void {
    this.min = micros(Math.min(this.min ?? rtt, rtt));
    const measured = Math.max(1, Math.round(rtt));
    const { minRto, maxRto, clockTick } = this.#bounds;
    if (this.#srtt8 === 0) {
      this.#srtt8 = measured * 8;
      this.#mdev4 = measured * 2;
      this.#rttvar4 = Math.max(this.#mdev4, minRto);
      this.#mdevMax = this.#rttvar4;
      this.#round = nxt;
    } else this.#smooth(measured, una, nxt, minRto);
    const rto = Math.floor(this.#srtt8 / 8) + this.#rttvar4;
    this.rto = micros(Math.min(maxRto, ticks(rto, clockTick)));
  }

  #smooth(measured: number, una: number, nxt: number, minRto: number): void {
    let error = measured - Math.floor(this.#srtt8 / 8);
    this.#srtt8 += error;
    if (error < 0) {
      error = -error - Math.floor(this.#mdev4 / 4);
      // A shorter round trip must not make the timeout longer (the Eifel algorithm's finding).
      if (error > 0) error = Math.floor(error / 8);
    } else error -= Math.floor(this.#mdev4 / 4);
    this.#mdev4 += error;
    if (this.#mdev4 > this.#mdevMax) {
      this.#mdevMax = this.#mdev4;
      this.#rttvar4 = Math.max(this.#rttvar4, this.#mdevMax);
    }
    if (una > this.#round) {
      if (this.#mdevMax < this.#rttvar4) {
        this.#rttvar4 -= Math.floor((this.#rttvar4 - this.#mdevMax) / 4);
      }
      this.#round = nxt;
      this.#mdevMax = minRto;
    }
  }
}

const ticks = (time: number, tick: number): number => Math.ceil(time / tick) * tick;
