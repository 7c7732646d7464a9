// What may be done to classes, by whom, and who reads what. Knows the log, and no socket. Holds nothing
// of a class in memory: all that is asked stands in the log.

import { done, type Reply, refused } from '../../src/contract/call.ts';
import {
  CLASS_REFUSALS,
  type ClassEntry,
  type ClassRefusal,
  type Joined,
} from '../../src/contract/class.ts';
import type { Scene } from '../../src/contract/scene.ts';
import type { ClassLog } from './log/log.ts';
import { Rate } from './rate.ts';
import { hashOf, matches, newCode, newSecret } from './secrets.ts';

export const CLASS_LIMITS = {
  learners: 1_000,
  /** More than any course pushes; learners cannot use it up. */
  entries: 20_000,
  /** Classes that one address may start in an hour; a school may share one address. */
  classesAnHour: 60,
};
export type ClassLimits = typeof CLASS_LIMITS;

const HOUR_MS = 3_600_000;
const TRIES = 50;

export interface Identity {
  readonly learner?: string | undefined;
  readonly secret?: string | undefined;
  readonly key?: string | undefined;
}

/** Who reads: the instructor everything, a learner the pushes and the own entry. */
export interface Reader {
  readonly isInstructor: boolean;
  readonly learner: string | undefined;
}

/** A refusal with its sentence. */
export const refusedAs = (code: ClassRefusal): Reply<never, ClassRefusal> =>
  refused(code, CLASS_REFUSALS[code]);

/** The entry as that reader may see it. */
export const readBy = ({ isInstructor, learner }: Reader, entry: ClassEntry): ClassEntry =>
  entry.kind !== 'joined' || isInstructor || entry.learner === learner
    ? entry
    : { seq: entry.seq, at: entry.at, kind: 'hidden' };

export class Classroom {
  readonly #log: ClassLog;
  readonly #now: () => number;
  readonly #limits: ClassLimits;
  readonly #created: Rate;

  /** `now` is in milliseconds since 1970: the log outlives the process. */
  constructor(log: ClassLog, now: () => number = Date.now, limits: ClassLimits = CLASS_LIMITS) {
    this.#log = log;
    this.#now = now;
    this.#limits = limits;
    this.#created = new Rate(limits.classesAnHour, HOUR_MS, now);
  }

  create(address: string): Reply<{ code: string; key: string }> {
    if (!this.#created.take(address)) return refusedAs('class/too-many-classes');
    const key = newSecret();
    for (let i = 0; i < TRIES; i++) {
      const code = newCode();
      if (this.#log.create(code, hashOf(key), this.#now())) return done({ code, key });
    }
    return refusedAs('class/no-code');
  }

  join(code: string, name: string): Reply<Joined & { entry: ClassEntry }> {
    if (this.#log.keyHash(code) === undefined) return refusedAs('class/no-such-class');
    if (this.#log.learners(code) >= this.#limits.learners) return refusedAs('class/no-seat');
    if (this.#log.head(code) >= this.#limits.entries) return refusedAs('class/full');
    const learner = newSecret().slice(0, 12);
    const secret = newSecret();
    const joined = { kind: 'joined', at: this.#now(), learner, name } as const;
    const entry = this.#log.addLearner(code, hashOf(secret), joined);
    return done({ learner, secret, entry });
  }

  /**
   * Only the holder of the key may push. The same `id` again is the same push: it answers with the same
   * number and without an entry, whatever scene comes with it.
   */
  push(
    code: string,
    key: string,
    scene: Scene,
    id?: string,
  ): Reply<{ seq: number; entry?: ClassEntry }> {
    const keyHash = this.#log.keyHash(code);
    if (keyHash === undefined) return refusedAs('class/no-such-class');
    if (!matches(key, keyHash)) return refusedAs('class/not-instructor');
    const before = id === undefined ? undefined : this.#log.pushed(code, id);
    if (before !== undefined) return done({ seq: before });
    if (this.#log.head(code) >= this.#limits.entries) return refusedAs('class/full');
    const pushed = { kind: 'pushed', at: this.#now(), scene } as const;
    const entry = this.#log.append(code, id === undefined ? pushed : { ...pushed, id });
    return done({ seq: entry.seq, entry });
  }

  /** As whom the caller may read, and how far the log goes. */
  follow(code: string, as: Identity): Reply<{ head: number; reader: Reader }> {
    const keyHash = this.#log.keyHash(code);
    if (keyHash === undefined) return refusedAs('class/no-such-class');
    const { learner, secret, key } = as;
    const isInstructor = key !== undefined && matches(key, keyHash);
    if (key !== undefined && !isInstructor) return refusedAs('class/not-instructor');
    const isLearner =
      learner !== undefined &&
      secret !== undefined &&
      matches(secret, this.#log.secretHash(code, learner));
    if (learner !== undefined && !isLearner) return refusedAs('class/not-known');
    const reader = { isInstructor, learner: isLearner ? learner : undefined };
    return done({ head: this.#log.head(code), reader });
  }

  /** At most `max` entries after `seq`, as that reader may see them. */
  entries(code: string, seq: number, max: number, reader: Reader): ClassEntry[] {
    return this.#log.after(code, seq, max).map((entry) => readBy(reader, entry));
  }
}
