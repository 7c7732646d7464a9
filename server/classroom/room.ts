// The rules of a class, with no socket in sight: its state is the fold of its log.

import type { ClassEntry } from '../../src/contract/class.ts';
import type { Scene } from '../../src/contract/scene.ts';

export interface Room {
  /** The number of the last entry. */
  readonly head: number;
  readonly scene: Scene | undefined;
  /** Display name by learner. */
  readonly learners: ReadonlyMap<string, string>;
}

export const EMPTY_ROOM: Room = { head: 0, scene: undefined, learners: new Map() };

/** One entry further. Entries come in order and each once; anything else is a bug of the caller. */
export function step(room: Room, entry: ClassEntry): Room {
  if (entry.seq !== room.head + 1) {
    throw new Error(`expected entry ${room.head + 1} of the class, got ${entry.seq}`);
  }
  const head = entry.seq;
  switch (entry.kind) {
    case 'created':
      return { ...room, head };
    case 'joined':
      return { ...room, head, learners: new Map(room.learners).set(entry.learner, entry.name) };
    case 'pushed':
      return { ...room, head, scene: entry.scene };
  }
}

export const fold = (entries: readonly ClassEntry[], from: Room = EMPTY_ROOM): Room =>
  entries.reduce(step, from);
