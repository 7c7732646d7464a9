// What may be done to classes, and by whom. Knows the log, and no socket.

import { done, type Reply, refused } from '../../src/contract/call.ts';
import type { ClassEntry, Joined } from '../../src/contract/class.ts';
import type { Scene } from '../../src/contract/scene.ts';
import { GuessLimit } from './guess-limit.ts';
import type { ClassLog } from './log/log.ts';
import { EMPTY_ROOM, fold, type Room } from './room.ts';
import { hashOf, matches, newCode, newSecret } from './secrets.ts';

const MAX_LEARNERS = 1_000;
const MAX_ENTRIES = 20_000;
const TRIES = 50;

export interface Identity {
  readonly learner?: string | undefined;
  readonly secret?: string | undefined;
  readonly key?: string | undefined;
}

export class Classroom {
  readonly #log: ClassLog;
  readonly #now: () => number;
  readonly #guesses: GuessLimit;
  readonly #rooms = new Map<string, Room>();

  /** `now` is in milliseconds since 1970: the log outlives the process. */
  constructor(log: ClassLog, now: () => number = Date.now) {
    this.#log = log;
    this.#now = now;
    this.#guesses = new GuessLimit(now);
  }

  create(): Reply<{ code: string; key: string }> {
    const key = newSecret();
    for (let i = 0; i < TRIES; i++) {
      const code = newCode();
      if (this.#log.create(code, hashOf(key), this.#now())) return done({ code, key });
    }
    return refused('class/no-code', 'All class codes are in use on this server.');
  }

  join(code: string, name: string, address: string): Reply<Joined & { entry: ClassEntry }> {
    const known = this.#known(code, address);
    if (!known.ok) return known;
    const room = this.#room(code);
    if (room.learners.size >= MAX_LEARNERS) return refused('class/full', 'This class is full.');
    if (room.head >= MAX_ENTRIES)
      return refused('class/over', 'This class is over its limit. Start a new one.');
    const learner = newSecret().slice(0, 12);
    const secret = newSecret();
    this.#log.addLearner(code, learner, hashOf(secret));
    const entry = this.#log.append(code, { kind: 'joined', at: this.#now(), learner, name });
    return done({ learner, secret, entry });
  }

  /** Only the holder of the key may push. */
  push(code: string, key: string, scene: Scene, address: string): Reply<ClassEntry> {
    const known = this.#known(code, address);
    if (!known.ok) return known;
    if (!matches(key, this.#log.keyHash(code))) {
      this.#guesses.wasWrong(address);
      return refused('class/not-instructor', 'Only the instructor of this class can push.');
    }
    if (this.#room(code).head >= MAX_ENTRIES) {
      return refused('class/over', 'This class is over its limit. Start a new one.');
    }
    return done(this.#log.append(code, { kind: 'pushed', at: this.#now(), scene }));
  }

  /** What follows that entry, and as whom the caller is known. */
  follow(
    code: string,
    after: number,
    as: Identity,
    address: string,
  ): Reply<{ entries: ClassEntry[]; learner?: string; isInstructor: boolean }> {
    const known = this.#known(code, address);
    if (!known.ok) return known;
    const { learner, secret, key } = as;
    const isInstructor = key !== undefined && matches(key, this.#log.keyHash(code));
    const isLearner =
      learner !== undefined &&
      secret !== undefined &&
      matches(secret, this.#log.secretHash(code, learner));
    if ((key !== undefined && !isInstructor) || (learner !== undefined && !isLearner)) {
      this.#guesses.wasWrong(address);
      return refused('class/not-known', 'This browser is not known to the class. Join it again.');
    }
    const entries = this.#log.after(code, after);
    return done({ entries, isInstructor, ...(isLearner ? { learner } : {}) });
  }

  /** The state of a class, folded on from where it was last needed. */
  #room(code: string): Room {
    const before = this.#rooms.get(code) ?? EMPTY_ROOM;
    const room = fold(this.#log.after(code, before.head), before);
    this.#rooms.set(code, room);
    return room;
  }

  #known(code: string, address: string): Reply<null> {
    if (this.#guesses.isOver(address)) {
      return refused(
        'class/slow-down',
        'Too many wrong tries from your address. Wait a minute and try again.',
      );
    }
    if (this.#log.keyHash(code) !== undefined) return done(null);
    this.#guesses.wasWrong(address);
    return refused(
      'class/no-such-class',
      'There is no class with this code. Check it with your instructor.',
    );
  }
}
