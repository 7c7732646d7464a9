// CUBIC (RFC 9438) with the arithmetic of Linux's tcp_cubic.c: time in ticks of 1/1024 s, whole
// segments. No function of Math that engines may round differently.

import type { Micros } from '../../../lib/time.ts';
import type { TcpParameters } from '../parameters.ts';
import {
  type CongestionController,
  type CongestionWindow,
  Increase,
  type RttSample,
  slowStart,
} from './controller.ts';
import { HyStart } from './hystart.ts';
import { HyStartPlus } from './hystart-plus.ts';
import type { SlowStartExit } from './slow-start-exit.ts';

/** The window after a loss is 717/1024 of it, about 0.7. */
const BETA = 717;
/** C, as 410 · 2⁻⁴⁰ segments for each tick³: about 0.4 a second³. */
const CUBE_SCALE = 410;
const TWO_40 = 1_099_511_627_776;
/** Reno grows as fast as CUBIC's estimate of it with one segment for 15/8 windows (§4.3). */
const FRIENDLY = 15;
/** Linux updates at most once a tick of its clock (HZ = 250). */
const TICK = 4_000;
const SECOND = 1_000_000;

type Wishes = Pick<TcpParameters, 'slowStartExit'>;

const EXITS = { hystart: HyStart, 'hystart++': HyStartPlus } as const;

export function createCubic({ slowStartExit }: Wishes): CongestionController {
  return new Cubic(new EXITS[slowStartExit]());
}

class Cubic implements CongestionController {
  readonly name = 'cubic';
  readonly #increase = new Increase();
  readonly #exit: SlowStartExit;
  #every = 0;
  #lastMax = 0;
  #lastWindow = 0;
  #lastTime = 0;
  #origin = 0;
  /** Ticks of 1/1024 s until the origin is reached (K). */
  #k = 0;
  #delayMin = 0;
  #epoch: number | undefined;
  #acked = 0;
  /** The window that Reno would have. */
  #friendly = 0;

  constructor(exit: SlowStartExit) {
    this.#exit = exit;
  }

  onAck(window: CongestionWindow, acked: number, now: Micros): void {
    const isSlowStart = window.cwnd < window.ssthresh;
    const left = isSlowStart ? slowStart(window, this.#exit.growthFor(acked)) : acked;
    if (left <= 0) return;
    this.#update(window.cwnd, left, now);
    this.#increase.add(window, this.#every, left);
  }

  onRtt(window: CongestionWindow, sample: RttSample): void {
    // Right after recovery the round trip says more of the burst than of the path.
    if (this.#epoch !== undefined && sample.now - this.#epoch < SECOND) return;
    const rtt = Math.max(1, Math.round(sample.rtt));
    if (this.#delayMin === 0 || rtt < this.#delayMin) this.#delayMin = rtt;
    if (this.#exit.isFound || window.cwnd >= window.ssthresh) return;
    if (this.#exit.onSample(sample, window.cwnd, this.#delayMin)) window.ssthresh = window.cwnd;
  }

  thresholdAfterLoss({ cwnd }: CongestionWindow): number {
    this.#epoch = undefined;
    // Fast convergence (§4.7): leave room to a flow that has just begun.
    const isShrinking = cwnd < this.#lastMax;
    this.#lastMax = isShrinking ? Math.floor((cwnd * (1024 + BETA)) / 2048) : cwnd;
    this.#increase.reset();
    return Math.max(2, Math.floor((cwnd * BETA) / 1024));
  }

  onTimeout(now: Micros, nxt: number): void {
    this.#every = 0;
    this.#lastMax = 0;
    this.#lastWindow = 0;
    this.#lastTime = 0;
    this.#origin = 0;
    this.#k = 0;
    this.#delayMin = 0;
    this.#epoch = undefined;
    this.#acked = 0;
    this.#friendly = 0;
    this.#increase.reset();
    this.#exit.reset(now, nxt);
  }

  onIdle(idle: number, now: Micros): void {
    // The curve stands still while nothing is sent.
    if (this.#epoch !== undefined && idle > 0) this.#epoch = Math.min(now, this.#epoch + idle);
  }

  onUndo(): void {
    this.#epoch = undefined;
  }

  #update(cwnd: number, acked: number, now: Micros): void {
    this.#acked += acked;
    const time = Math.floor(now / TICK) * TICK;
    if (this.#lastWindow === cwnd && time - this.#lastTime <= SECOND / 32) return;
    if (this.#epoch === undefined || time !== this.#lastTime) {
      this.#lastWindow = cwnd;
      this.#lastTime = time;
      this.#follow(cwnd, acked, time);
    }
    this.#befriend(cwnd);
    this.#every = Math.max(2, this.#every);
  }

  /** Where the curve will be one least round trip from now (§4.2). */
  #follow(cwnd: number, acked: number, time: number): void {
    if (this.#epoch === undefined) {
      this.#epoch = time;
      this.#acked = acked;
      this.#friendly = cwnd;
      const below = Math.max(0, this.#lastMax - cwnd);
      this.#k = below === 0 ? 0 : cubeRoot(Math.floor(TWO_40 / CUBE_SCALE) * below);
      this.#origin = Math.max(this.#lastMax, cwnd);
    }
    const ahead = Math.ceil(this.#delayMin / TICK) * TICK;
    const ticks = Math.floor(((time - this.#epoch + ahead) * 1024) / SECOND);
    const offset = Math.abs(ticks - this.#k);
    const delta = Math.floor((CUBE_SCALE * offset * offset * offset) / TWO_40);
    const target = ticks < this.#k ? this.#origin - delta : this.#origin + delta;
    this.#every = target > cwnd ? Math.floor(cwnd / (target - cwnd)) : 100 * cwnd;
    // Nothing is known of the path yet: do not stand still.
    if (this.#lastMax === 0 && this.#every > 20) this.#every = 20;
  }

  /** Never slower than Reno would be (§4.3). */
  #befriend(cwnd: number): void {
    const step = Math.floor((cwnd * FRIENDLY) / 8);
    while (step > 0 && this.#acked > step) {
      this.#acked -= step;
      this.#friendly++;
    }
    if (this.#friendly <= cwnd) return;
    this.#every = Math.min(this.#every, Math.floor(cwnd / (this.#friendly - cwnd)));
  }
}

/** The whole part of the cube root of a number below 2⁵³, by Newton's method. */
function cubeRoot(value: number): number {
  let guess = 1;
  while (guess * guess * guess < value) guess *= 2;
  for (let i = 0; i < 60; i++) {
    const next = (2 * guess + value / (guess * guess)) / 3;
    if (next >= guess) break;
    guess = next;
  }
  return Math.floor(guess);
}
