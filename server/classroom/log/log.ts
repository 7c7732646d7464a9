// What a class's log must be able to do, whatever keeps it.

import type { ClassEntry } from '../../../src/contract/class.ts';

/** An entry before the log gave it its number. */
export type NewEntry<E = ClassEntry> = E extends ClassEntry ? Omit<E, 'seq'> : never;

export interface ClassLog {
  /** False where the code is taken. `keyHash` is the SHA-256 of the instructor's key, in hex. */
  create(code: string, keyHash: string, at: number): boolean;
  /** The instructor's key hash; nothing where there is no such class. */
  keyHash(code: string): string | undefined;
  append(code: string, entry: NewEntry): ClassEntry;
  after(code: string, seq: number): ClassEntry[];
  addLearner(code: string, learner: string, secretHash: string): void;
  secretHash(code: string, learner: string): string | undefined;
  close(): void;
}
