// One direction of one connection on its way through the link: pieces wait until their faults let them
// go, always in order. Knows no socket.

import type { Decide, Ending, Timed } from '../../src/faults/fault.ts';
import { type Bytes, concat, EMPTY } from '../../src/lib/bytes.ts';
import { type Micros, micros } from '../../src/lib/time.ts';
import type { LinkClock } from './clock.ts';

/** One fault at work on this direction. */
export interface Stage {
  /** Of the script. */
  readonly entry: number;
  readonly from: Micros;
  readonly until: Micros;
  readonly decide: Decide;
}

export interface FlowEnd {
  /** False when no more is wanted for now; what was given is taken all the same. */
  release(bytes: Bytes, enteredAt: Micros): boolean;
  /** The sender's own end, behind all it sent. */
  ended(): void;
  /** A fault ends the connection here. */
  cut(how: Ending, entry: number): void;
  /** There is room again. */
  room(): void;
}

interface Held extends Timed {
  readonly enteredAt: Micros;
  /** The entry that ends the connection behind these bytes. */
  readonly entry?: number;
  readonly isEnd?: true;
}

/** What may wait in the link, in each direction; behind that the sender has to wait. */
export const MOST_HELD = 256 * 1_024;

export class Flow {
  readonly #clock: LinkClock;
  readonly #end: FlowEnd;
  #stages: readonly Stage[] = [];
  #queue: Held[] = [];
  /** What came behind an end that a fault made: it will never pass. */
  #doomed: Bytes[] = [];
  #isDoomed = false;
  #held = 0;
  #isBlocked = false;
  #isFull = false;
  #isStopped = false;
  #takeBack: (() => void) | undefined;

  constructor(clock: LinkClock, end: FlowEnd) {
    this.#clock = clock;
    this.#end = end;
  }

  /** Bytes that wait here. */
  get held(): number {
    return this.#held;
  }

  get isFull(): boolean {
    return this.#held >= MOST_HELD;
  }

  /** The bytes are kept as they are: the caller does not change them. An empty piece wakes the faults. */
  push(bytes: Bytes): void {
    if (this.#isStopped) return;
    this.#held += bytes.length;
    this.#decide({ bytes, at: this.#clock.now() }, this.#clock.now());
    this.#run();
    this.#isFull ||= this.isFull;
  }

  /** The sender has ended. */
  end(): void {
    const now = this.#clock.now();
    this.#queue.push({ bytes: EMPTY, at: this.#notBefore(now), enteredAt: now, isEnd: true });
    this.#run();
  }

  /** Other conditions from now on: what waits is decided anew, and leaves in the same order. */
  set(stages: readonly Stage[]): void {
    const waiting = this.#queue;
    const now = this.#clock.now();
    this.#queue = [];
    this.#stages = stages;
    for (const held of waiting) {
      if (held.ends !== undefined || held.isEnd) {
        this.#queue.push({ ...held, at: this.#notBefore(now) });
      } else this.#decide({ bytes: held.bytes, at: now }, held.enteredAt);
    }
    this.#run();
  }

  /** One more fault, for what comes from now on. */
  add(stage: Stage): void {
    this.#stages = [...this.#stages, stage];
    this.wake();
  }

  /** Lets a fault act whose time has come while nothing is said. */
  wake(): void {
    this.push(EMPTY);
  }

  /** The receiver wants more. */
  resume(): void {
    this.#isBlocked = false;
    this.#run();
  }

  /** Nothing passes any more; gives what was still here. */
  stop(): Bytes {
    this.#isStopped = true;
    this.#takeBack?.();
    const rest = concat(...this.#queue.map(({ bytes }) => bytes), ...this.#doomed);
    this.#queue = [];
    this.#doomed = [];
    this.#held = 0;
    return rest;
  }

  #decide(piece: Timed, enteredAt: Micros): void {
    if (this.#isDoomed) {
      this.#doom(piece.bytes);
      return;
    }
    let pieces: readonly Timed[] = [piece];
    let entry: number | undefined;
    for (const stage of this.#stages) {
      pieces = pieces.flatMap((one) => {
        if (one.at < stage.from || one.at >= stage.until) return [one];
        const decided = stage.decide(one);
        if (entry === undefined && decided.some(({ ends }) => ends !== undefined)) {
          entry = stage.entry;
        }
        return decided;
      });
    }
    let passed = 0;
    for (const one of pieces) {
      if (this.#isDoomed) break;
      passed += one.bytes.length;
      if (one.bytes.length === 0 && one.ends === undefined) continue;
      const at = this.#notBefore(one.at);
      const told = one.ends === undefined || entry === undefined ? {} : { entry };
      this.#queue.push({ ...one, at, enteredAt, ...told });
      this.#isDoomed = one.ends !== undefined;
    }
    // On a stream a fault keeps order and loses nothing before its end, so the rest is behind it.
    if (this.#isDoomed) this.#doom(piece.bytes.subarray(passed));
  }

  #doom(bytes: Bytes): void {
    if (bytes.length > 0) this.#doomed.push(bytes);
  }

  #notBefore(at: Micros): Micros {
    return micros(Math.max(at, this.#queue.at(-1)?.at ?? 0));
  }

  /** Lets go what is due, and says whether there is room again. */
  #run(): void {
    this.#letGo();
    if (this.#isFull && this.#held < MOST_HELD / 2) {
      this.#isFull = false;
      this.#end.room();
    }
  }

  /** The timer is for the first that is not due. */
  #letGo(): void {
    this.#takeBack?.();
    this.#takeBack = undefined;
    for (let first = this.#queue[0]; first && !this.#isStopped; first = this.#queue[0]) {
      const isEmpty = first.bytes.length === 0;
      if (this.#isBlocked && !isEmpty) return;
      if (first.at > this.#clock.now()) {
        if (Number.isFinite(first.at)) {
          this.#takeBack = this.#clock.setTimer(first.at, () => this.#run());
        }
        return;
      }
      this.#queue.shift();
      this.#held -= first.bytes.length;
      if (!isEmpty) this.#isBlocked = !this.#end.release(first.bytes, first.enteredAt);
      if (first.isEnd) this.#end.ended();
      if (first.ends !== undefined) this.#end.cut(first.ends, first.entry ?? 0);
    }
  }
}
