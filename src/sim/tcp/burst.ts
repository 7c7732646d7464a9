// How many full segments Linux hands down in one piece (segmentation offload): they leave in a row,
// and only the last bears PSH. Holds nothing back.

import type { Micros } from '../../lib/time.ts';
import type { CongestionWindow } from './congestion/controller.ts';
import type { RttEstimator } from './rtt.ts';
import type { Scoreboard } from './scoreboard.ts';
import type { SendQueue } from './send-queue.ts';

interface Flow {
  readonly window: CongestionWindow;
  readonly scoreboard: Scoreboard;
  readonly queue: SendQueue;
  readonly rtt: RttEstimator;
  readonly mss: number;
  readonly room: number;
}

const MOST_BYTES = 65_215;

export class Burst {
  #left = 0;
  #size = 0;
  #at: Micros | undefined;
  readonly #isOn: boolean;

  constructor(isOn: boolean) {
    this.#isOn = isOn;
  }

  /** A segment of new data is about to leave. */
  next(flow: Flow, now: Micros): { readonly isFirst: boolean; readonly endsSeveral: boolean } {
    const isFirst = this.#left === 0 || this.#at !== now;
    if (isFirst) {
      this.#at = now;
      this.#size = this.#isOn ? sizeOf(flow) : 1;
      this.#left = this.#size;
    }
    this.#left--;
    return { isFirst, endsSeveral: this.#left === 0 && this.#size > 1 };
  }
}

/** As the rate asks (`tcp_tso_autosize`), and as windows and data let it (`tcp_cwnd_test`). */
function sizeOf({ window, scoreboard, queue, rtt, mss, room }: Flow): number {
  const { cwnd } = window;
  const quota = Math.min(Math.max(1, cwnd >> 1), cwnd - scoreboard.inFlight);
  const there = Math.floor(Math.min(queue.length, room) / mss);
  return Math.max(1, Math.min(quota, there, wanted(window, scoreboard.packetsOut, rtt, mss)));
}

function wanted(
  { cwnd, ssthresh }: CongestionWindow,
  packetsOut: number,
  { srtt, min }: RttEstimator,
  mss: number,
): number {
  if (srtt === undefined) return 2;
  const lead = cwnd < ssthresh / 2 ? 2 : 1.2;
  let bytes = (lead * Math.max(cwnd, packetsOut) * mss * 1_000_000) / srtt / 1_024;
  const steps = Math.floor((min ?? srtt) / 512);
  if (steps < 32) bytes += 65_536 / 2 ** steps;
  return Math.max(2, Math.floor(Math.min(bytes, MOST_BYTES) / mss));
}
