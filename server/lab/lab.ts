// One learner's own server side: its lanes and the tap that sees all their connections.

import type { Duplex } from 'node:stream';
import type { ClientNote, LabRequest } from '../../src/contract/labs.ts';
import type { FaultScript } from '../../src/faults/script.ts';
import { micros } from '../../src/lib/time.ts';
import { Link } from '../link/link.ts';
import type { RingLimits } from '../tap/ring.ts';
import { Tap } from '../tap/tap.ts';
import type { Exercise, Settings } from './exercises/exercise.ts';
import { Lane } from './lane.ts';

export class Lab {
  readonly id: string;
  readonly tap: Tap;
  readonly link: Link;
  readonly #lanes: ReadonlyMap<string, Lane>;

  /** `exercises` has one for every lane of the request. */
  constructor(
    id: string,
    exercises: ReadonlyMap<string, Exercise>,
    request: LabRequest,
    limits: RingLimits,
    script?: FaultScript,
  ) {
    this.id = id;
    this.tap = new Tap(limits);
    this.link = new Link(this.tap);
    if (script) this.link.set(script);
    const lanes = new Map<string, Lane>();
    for (const [name, exercise] of exercises) {
      const lane = request.lanes[name];
      if (!lane) throw new Error(`an exercise for the lane "${name}", which was not asked for`);
      const path = `/lab/${id}/${name}/`;
      const note = this.#noteOf(name);
      lanes.set(name, new Lane({ path, note }, exercise, lane));
    }
    this.#lanes = lanes;
  }

  get connections(): number {
    let sum = 0;
    for (const lane of this.#lanes.values()) sum += lane.connections;
    // A connection that the lab has closed may still stand in the link.
    return Math.max(sum, this.link.size);
  }

  hasLane(lane: string): boolean {
    return this.#lanes.has(lane);
  }

  /** Serves one connection of that lane, from its first byte. */
  accept(lane: string, connection: Duplex): void {
    this.#lanes.get(lane)?.accept(connection);
  }

  /** False where there is no such lane or its exercise knows no such order. */
  order(lane: string, order: string, settings: Settings): boolean {
    return this.#lanes.get(lane)?.order(order, settings) ?? false;
  }

  /** Writes down what the browser's own programs did. */
  write(notes: readonly ClientNote[]): void {
    for (const { wroteAt, errorMicros, detail, ...note } of notes) {
      this.tap.note({
        ...note,
        wroteAt: micros(wroteAt),
        errorMicros,
        ...(detail === undefined ? {} : { detail }),
      });
    }
  }

  close(): void {
    this.link.close();
    for (const lane of this.#lanes.values()) lane.close();
  }

  #noteOf(lane: string): ConstructorParameters<typeof Lane>[0]['note'] {
    return (what, message, detail) =>
      this.tap.note({
        lane,
        who: 'server',
        what,
        message,
        wroteAt: this.tap.clock(),
        errorMicros: 0,
        ...(detail === undefined ? {} : { detail }),
      });
  }
}
