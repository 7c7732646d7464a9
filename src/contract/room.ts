// The state of a class: the fold of its log, the same at both ends. Knows no socket and no clock.

import type { ClassEntry } from './class.ts';
import type { Scene } from './scene.ts';

export interface Learner {
  readonly id: string;
  /** As it was typed; others may have the same. */
  readonly name: string;
  /** The name, numbered where it was taken: nobody else in the class has this one. */
  readonly label: string;
}

export interface Room {
  /** The number of the last entry. */
  readonly head: number;
  /** The number of the last push, and what it shows. */
  readonly pushed: { readonly seq: number; readonly scene: Scene } | undefined;
  /** In the order of joining. Whom the reader may not know is missing. */
  readonly learners: readonly Learner[];
}

export const EMPTY_ROOM: Room = { head: 0, pushed: undefined, learners: [] };

/**
 * One entry further. An entry that is already known changes nothing, and neither does one that comes
 * too early: then `head` says from where to ask again.
 */
export function step(room: Room, entry: ClassEntry): Room {
  if (entry.seq !== room.head + 1) return room;
  const head = entry.seq;
  switch (entry.kind) {
    case 'joined': {
      const { learner: id, name } = entry;
      const learners = [...room.learners, { id, name, label: labelFor(name, room.learners) }];
      return { ...room, head, learners };
    }
    case 'pushed':
      return { ...room, head, pushed: { seq: head, scene: entry.scene } };
    case 'created':
    case 'hidden':
      return { ...room, head };
  }
}

export const fold = (entries: readonly ClassEntry[], from: Room = EMPTY_ROOM): Room =>
  entries.reduce(step, from);

/** `Kim`, then `Kim 2`, `Kim 3`; whoever then joins as `Kim 2` is `Kim 2 2`. */
function labelFor(name: string, learners: readonly Learner[]): string {
  const taken = new Set(learners.map(({ label }) => spoken(label)));
  let label = name;
  for (let n = 2; taken.has(spoken(label)); n++) label = `${name} ${n}`;
  return label;
}

/** Names that sound the same when called out are the same. */
const spoken = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ');
