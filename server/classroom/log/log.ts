// What a class's log must be able to do, whatever keeps it.

import type { ClassEntry } from '../../../src/contract/class.ts';

/** What is written down. What a reader may not see is hidden when it is read. */
type Written = Exclude<ClassEntry, { kind: 'hidden' }>;

/** An entry before the log gave it its number. */
export type NewEntry<E = Written> = E extends Written ? Omit<E, 'seq'> : never;
export type NewLearner = Extract<NewEntry, { kind: 'joined' }>;

/** Every method that writes does all of it or nothing. */
export interface ClassLog {
  /** False where the code is taken. `keyHash` is the SHA-256 of the instructor's key, in hex. */
  create(code: string, keyHash: string, at: number): boolean;
  /** The instructor's key hash; nothing where there is no such class. */
  keyHash(code: string): string | undefined;
  /** The number of the last entry; 0 where there is no such class. */
  head(code: string): number;
  append(code: string, entry: NewEntry): ClassEntry;
  /** At most `max` entries after `seq`, in order. */
  after(code: string, seq: number, max: number): ClassEntry[];
  /** The number of the entry that was pushed with this id. */
  pushed(code: string, id: string): number | undefined;
  addLearner(code: string, secretHash: string, entry: NewLearner): ClassEntry;
  learners(code: string): number;
  secretHash(code: string, learner: string): string | undefined;
  close(): void;
}
