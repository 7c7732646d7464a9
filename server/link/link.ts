// The link between a learner's browser and her lab. Without a script it is not there: connections have
// no line, and bytes go the same way as ever.

import type { Ending } from '../../src/faults/fault.ts';
import type { FaultScript } from '../../src/faults/script.ts';
import type { Micros } from '../../src/lib/time.ts';
import type { Tap, Wire } from '../tap/tap.ts';
import { type LinkClock, realClock } from './clock.ts';
import { Conditions } from './conditions.ts';
import { type Ends, Line, type LineOwner } from './line.ts';

/** A connection that the link may act on. */
export interface Linkable {
  readonly lane: string;
  readonly wire: Wire;
  readonly ends: Ends;
  readonly openedAt: Micros;
  line: Line | undefined;
}

const EVERY_LANE = '';

export class Link implements LineOwner {
  readonly #tap: Tap;
  readonly #clock: LinkClock;
  /** By lane; those of a lane go before those of all. */
  readonly #conditions = new Map<string, Conditions>();
  readonly #connections = new Map<Linkable, Conditions | undefined>();

  constructor(tap: Tap, clock: LinkClock = realClock(() => tap.clock())) {
    this.#tap = tap;
    this.#clock = clock;
  }

  /** Connections that are open towards the browser. */
  get size(): number {
    return this.#connections.size;
  }

  /** Conditions from now on, for one lane or all; none without a script. */
  set(script: FaultScript | undefined, lane?: string): void {
    const key = lane ?? EVERY_LANE;
    const old = this.#conditions.get(key);
    this.#conditions.delete(key);
    for (const [connection, its] of this.#connections) {
      if (old && its === old) this.#connections.set(connection, undefined);
    }
    old?.end();
    if (script) {
      this.#conditions.set(key, new Conditions(this.#tap, this.#clock, script, lane));
    } else if (old) {
      this.#tap.fault(lane === undefined ? { what: 'cleared' } : { what: 'cleared', lane });
    }
    for (const connection of this.#connections.keys()) this.#apply(connection, false);
  }

  /** A connection that begins. */
  attach(connection: Linkable): void {
    this.#connections.set(connection, undefined);
    this.#apply(connection, true);
  }

  /** A connection whose socket is gone. */
  detach(connection: Linkable): void {
    const its = this.#connections.get(connection);
    if (its && connection.line) its.remove(connection.line);
    this.#connections.delete(connection);
    connection.line?.close();
  }

  /** The lab is taken down. */
  close(): void {
    for (const conditions of this.#conditions.values()) conditions.end();
    this.#conditions.clear();
  }

  reached(line: Line, entry: number): void {
    this.#of(line)?.reached(line, entry);
  }

  wasCut(line: Line, how: Ending, entry: number): void {
    this.#of(line)?.wasCut(line, how, entry);
  }

  #apply(connection: Linkable, isNew: boolean): void {
    const wanted = this.#conditions.get(connection.lane) ?? this.#conditions.get(EVERY_LANE);
    const its = this.#connections.get(connection);
    if (wanted === its) return;
    if (its && connection.line) its.remove(connection.line);
    this.#connections.set(connection, wanted);
    if (!wanted) return;
    connection.line ??= new Line(connection.wire, connection.ends, this.#clock, this);
    if (connection.line.isCut) return;
    wanted.add(connection.line, connection.lane, connection.openedAt, isNew);
  }

  #of(line: Line): Conditions | undefined {
    for (const [connection, its] of this.#connections) if (connection.line === line) return its;
    return undefined;
  }
}
