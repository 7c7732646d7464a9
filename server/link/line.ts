// One connection under conditions: its two flows, what is kept back to look for a place, and its end.
// Tells the tap what passed late and what died.

import type { Probe } from '../../src/capture/place.ts';
import type { Direction } from '../../src/capture/record.ts';
import type { Ending } from '../../src/faults/fault.ts';
import { type Bytes, concat, EMPTY } from '../../src/lib/bytes.ts';
import type { Wire } from '../tap/tap.ts';
import type { LinkClock } from './clock.ts';
import { Flow, MOST_HELD } from './flow.ts';

/** The connection's two ends, as the line acts on them. */
export interface Ends {
  /** False when the lab should read first. */
  toLab(bytes: Bytes): boolean;
  /** False when the socket should drain first. Writes the bytes down. */
  toBrowser(bytes: Bytes): boolean;
  endLab(): void;
  endBrowser(): void;
  /** Both ends at once, in order or not. */
  cut(how: Ending): void;
  /** The browser may send again. */
  resumeBrowser(): void;
  /** Offsets behind what has crossed so far. */
  readonly crossed: Readonly<Record<Direction, number>>;
}

export interface Watched {
  readonly entry: number;
  readonly probe: Probe;
  readonly direction: Direction;
}

export interface LineOwner {
  /** The probe's place was reached; the line is told what follows before this returns. */
  reached(line: Line, entry: number): void;
  wasCut(line: Line, how: Ending, entry: number): void;
}

/** Less is what the machine itself takes. */
const NOTICEABLE_MICROS = 200;

export class Line {
  readonly id: number;
  readonly #wire: Wire;
  readonly #ends: Ends;
  readonly #clock: LinkClock;
  readonly #owner: LineOwner;
  readonly #flows: Readonly<Record<Direction, Flow>>;
  /** What no probe has let through yet, and where it begins. */
  readonly #kept: Record<Direction, Bytes> = { up: EMPTY, down: EMPTY };
  readonly #seen: Record<Direction, number>;
  readonly #left: Record<Direction, number>;
  readonly #ending: Record<Direction, boolean> = { up: false, down: false };
  #watched: Watched[] = [];
  #waiting: (() => void) | undefined;
  isCut = false;

  constructor(wire: Wire, ends: Ends, clock: LinkClock, owner: LineOwner) {
    this.id = wire.id;
    this.#wire = wire;
    this.#ends = ends;
    this.#clock = clock;
    this.#owner = owner;
    this.#seen = { ...ends.crossed };
    this.#left = { ...ends.crossed };
    this.#flows = { up: this.#flow('up'), down: this.#flow('down') };
  }

  /** Offsets behind what has entered so far. */
  get seen(): Readonly<Record<Direction, number>> {
    return this.#seen;
  }

  flow(direction: Direction): Flow {
    return this.#flows[direction];
  }

  watch(watched: readonly Watched[]): void {
    this.#watched = [...watched];
    this.#letThrough('up');
    this.#letThrough('down');
  }

  /** From the browser, written down already. False when it should wait. */
  up(bytes: Bytes): boolean {
    // A copy: the socket's buffer belongs to Node.
    this.#enter('up', bytes.slice());
    return !this.#isFull('up');
  }

  /** From the lab; `taken` when there is room for more. */
  down(bytes: Bytes, taken: () => void): void {
    this.#enter('down', bytes.slice());
    if (this.isCut || !this.#isFull('down')) taken();
    else this.#waiting = taken;
  }

  /** That end sends nothing more. */
  end(direction: Direction): void {
    this.#ending[direction] = true;
    this.#letThrough(direction);
  }

  /** The socket is no more. */
  close(): void {
    if (!this.isCut) this.#die();
    this.isCut = true;
  }

  #isFull(direction: Direction): boolean {
    return this.#flows[direction].held + this.#kept[direction].length >= MOST_HELD;
  }

  #enter(direction: Direction, bytes: Bytes): void {
    const from = this.#seen[direction];
    this.#seen[direction] += bytes.length;
    if (this.isCut) {
      this.#lost(direction, from, bytes);
      return;
    }
    const before = this.#left[direction];
    if (this.#watched.length === 0 && this.#kept[direction].length === 0) {
      this.#flows[direction].push(bytes);
    } else {
      this.#kept[direction] = concat(this.#kept[direction], bytes);
      for (const { probe } of this.#watched) probe.push(direction, bytes);
      this.#letThrough(direction);
      this.#letThrough(direction === 'up' ? 'down' : 'up');
    }
    // What did not leave at once had left the lab before it crosses the socket.
    const isLate = direction === 'down' && this.#left.down < this.#seen.down;
    if (isLate && !this.isCut) {
      this.#wire.passed('down', Math.max(from, before), this.#seen.down);
    }
  }

  /** Passes what is known to hold no place, up to each place that is reached. */
  #letThrough(direction: Direction): void {
    for (;;) {
      if (this.isCut) return;
      const start = this.#seen[direction] - this.#kept[direction].length;
      const cut = this.#watched.find(
        (one) => one.direction === direction && one.probe.cutAt !== undefined,
      );
      const frees = this.#watched.map(({ probe }) => probe.cutAt ?? probe.free(direction));
      const upTo = cut?.probe.cutAt ?? Math.min(...frees);
      const count = Math.max(0, Math.min(upTo - start, this.#kept[direction].length));
      const bytes = this.#kept[direction].subarray(0, count);
      this.#kept[direction] = this.#kept[direction].subarray(count);
      if (count > 0) this.#flows[direction].push(bytes);
      if (!cut) break;
      this.#watched = this.#watched.filter((one) => one !== cut);
      this.#owner.reached(this, cut.entry);
    }
    // Behind an end nothing comes that could complete a place.
    if (!this.#ending[direction]) return;
    this.#ending[direction] = false;
    const rest = this.#kept[direction];
    this.#kept[direction] = EMPTY;
    if (rest.length > 0) this.#flows[direction].push(rest);
    this.#flows[direction].end();
  }

  #flow(direction: Direction): Flow {
    const isUp = direction === 'up';
    return new Flow(this.#clock, {
      release: (bytes, enteredAt) => {
        const from = this.#left[direction];
        this.#left[direction] += bytes.length;
        if (!isUp) return this.#ends.toBrowser(bytes);
        if (this.#clock.now() - enteredAt >= NOTICEABLE_MICROS) {
          this.#wire.passed('up', from, this.#left.up);
        }
        return this.#ends.toLab(bytes);
      },
      ended: () => (isUp ? this.#ends.endLab() : this.#ends.endBrowser()),
      cut: (how, entry) => this.#cut(how, entry),
      room: () => (isUp ? this.#ends.resumeBrowser() : this.#goOn()),
    });
  }

  #goOn(): void {
    const taken = this.#waiting;
    this.#waiting = undefined;
    taken?.();
  }

  #cut(how: Ending, entry: number): void {
    if (this.isCut) return;
    this.isCut = true;
    this.#owner.wasCut(this, how, entry);
    this.#die();
    this.#ends.cut(how);
    this.#goOn();
  }

  /** What is still here in either direction dies. */
  #die(): void {
    for (const direction of ['up', 'down'] as const) {
      const rest = concat(this.#flows[direction].stop(), this.#kept[direction]);
      this.#kept[direction] = EMPTY;
      this.#lost(direction, this.#left[direction], rest);
    }
  }

  #lost(direction: Direction, from: number, bytes: Bytes): void {
    if (bytes.length > 0) this.#wire.lost(direction, from, bytes);
  }
}
