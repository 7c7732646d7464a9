// The class as this browser follows it: the fold of the log, kept up across reconnections. Asks for
// what follows the last entry it has, so a page that was away has missed nothing. Draws nothing.

import type { Reply } from '../contract/call.ts';
import {
  CLASS_VERSION,
  type ClassServerToClient,
  type EntriesPart,
  type Joined,
} from '../contract/class.ts';
import { EMPTY_ROOM, fold, type Learner, type Room } from '../contract/room.ts';
import type { Scene } from '../contract/scene.ts';
import { appConnection, type ClassConnection } from './class-connection.ts';
import { forgetIdentity, lossNotice, rememberClass } from './class-memory.ts';

export interface ClassState {
  readonly code: string;
  readonly head: number;
  /** The number of the last push, and what it shows. */
  readonly pushed: { readonly seq: number; readonly scene: Scene } | undefined;
  /** The instructor is told of everybody, a learner only of herself. Show the label. */
  readonly learners: readonly Learner[];
  /** Learners who are connected now; only the instructor is told. */
  readonly present: readonly string[];
  readonly status: 'connecting' | 'following' | 'away' | 'refused';
  /** Why it was refused, for the reader. While away: why, where the server said so. */
  readonly refusal?: string;
  /** While away: when it tries again by itself, in milliseconds since 1970. */
  readonly retryAt?: number;
  /** What the reader has to be told once, such as that a reload will lose the place. */
  readonly notice?: string;
}

export type ClassIdentity = Joined | { readonly key: string };

/** Refusals that pass by themselves. */
const TEMPORARY = new Set(['unreachable', 'internal', 'class/slow-down']);
/** Refusals that say that the identity is wrong for this class, and will be. */
const DISPROVED = new Set(['class/not-known', 'class/not-instructor']);
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;
/** Without a part for so long while catching up, it asks again. */
const STALLED_MS = 15_000;

export class ClassStore {
  #state: ClassState;
  #room: Room = EMPTY_ROOM;
  readonly #identity: ClassIdentity | undefined;
  readonly #connection: ClassConnection;
  readonly #listeners = new Set<() => void>();
  /** Counts the questions: only the answer to the last one holds. */
  #question = 0;
  /** Whether the last question was answered with yes. Until then nothing is shown. */
  #isAccepted = false;
  /** How far the log went when the server last answered. */
  #target = 0;
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    code: string,
    identity: ClassIdentity | undefined,
    connection: ClassConnection = appConnection(),
  ) {
    const { head, pushed, learners } = EMPTY_ROOM;
    this.#state = { code, head, pushed, learners, present: [], status: 'connecting' };
    this.#identity = identity;
    this.#connection = connection;
    connection.on('class:entries', this.#onEntries);
    connection.on('class:present', this.#onPresent);
    connection.on('connect', this.#follow);
    connection.on('disconnect', this.#onAway);
    if (connection.connected) this.#follow();
  }

  readonly state = (): ClassState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  close(): void {
    this.#drop();
    this.#connection.off('class:entries', this.#onEntries);
    this.#connection.off('class:present', this.#onPresent);
    this.#connection.off('connect', this.#follow);
    this.#connection.off('disconnect', this.#onAway);
  }

  readonly #follow = (): void => {
    void this.#ask();
  };

  async #ask(): Promise<void> {
    this.#drop();
    const question = this.#question;
    const after = this.#room.head;
    const as = asProof(this.#identity);
    const { code } = this.#state;
    const request = { version: CLASS_VERSION, code, after, ...(as ? { as } : {}) };
    const reply = await this.#connection.ask<{ head: number }>('class:follow', request);
    if (question !== this.#question) return;
    if (reply.ok) this.#accepted(after, reply.value.head);
    else if (TEMPORARY.has(reply.code)) this.#retry(reply);
    else this.#refused(reply);
  }

  /** Forgets the question under way and the next one: no answer and no timer of theirs counts. */
  #drop(): void {
    this.#question++;
    this.#isAccepted = false;
    clearTimeout(this.#timer);
  }

  #accepted(after: number, head: number): void {
    this.#tries = 0;
    const { code } = this.#state;
    const as = this.#identity;
    if (as && 'key' in as) rememberClass(code, { key: as.key });
    const notice = lossNotice();
    if (notice !== undefined) this.#set({ ...this.#state, notice });
    if (head < after) {
      // The server has an older record than this page: what the page has is not of this log.
      this.#room = EMPTY_ROOM;
      this.#follow();
      return;
    }
    this.#target = head;
    this.#isAccepted = true;
    this.#settle();
  }

  /** Shows what it has once it has caught up, so that no screen flickers through what was. */
  #settle(): void {
    if (!this.#isAccepted) return;
    clearTimeout(this.#timer);
    if (this.#room.head < this.#target) {
      this.#timer = setTimeout(this.#follow, STALLED_MS);
      return;
    }
    const { refusal: _why, retryAt: _when, ...rest } = this.#state;
    this.#set({ ...rest, ...this.#room, status: 'following' });
  }

  #retry({ code, message }: Refusal): void {
    const wait = Math.min(FIRST_RETRY_MS * 2 ** this.#tries++, LAST_RETRY_MS);
    this.#timer = setTimeout(this.#follow, wait);
    const { refusal: _why, ...rest } = this.#state;
    const why = code === 'unreachable' ? {} : { refusal: message };
    this.#set({ ...rest, ...why, status: 'away', retryAt: Date.now() + wait });
  }

  #refused({ code, message }: Refusal): void {
    // Otherwise joining again would find the same identity, and be refused again.
    if (DISPROVED.has(code) && this.#identity) {
      forgetIdentity(this.#state.code, this.#identity);
    }
    const { retryAt: _when, ...rest } = this.#state;
    this.#set({ ...rest, status: 'refused', refusal: message });
  }

  readonly #onEntries = ({ code, entries }: EntriesPart, received?: () => void): void => {
    if (code !== this.#state.code) return;
    received?.();
    this.#room = fold(entries, this.#room);
    const isGap = (entries.at(-1)?.seq ?? 0) > this.#room.head;
    const isUpToDate = this.#isAccepted && this.#room.head >= this.#target;
    if (isGap && isUpToDate) this.#follow();
    else this.#settle();
  };

  readonly #onPresent: ClassServerToClient['class:present'] = ({ code, learners }) => {
    if (code === this.#state.code) this.#set({ ...this.#state, present: learners });
  };

  readonly #onAway = (): void => {
    this.#drop();
    const { retryAt: _when, refusal: _why, ...rest } = this.#state;
    this.#set({ ...rest, status: 'away' });
  };

  #set(state: ClassState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

type Refusal = Extract<Reply<unknown>, { ok: false }>;

/** Just what the server asks for; the name that a page remembers beside it stays here. */
function asProof(identity: ClassIdentity | undefined) {
  if (!identity) return undefined;
  if ('key' in identity) return { key: identity.key };
  return { learner: identity.learner, secret: identity.secret };
}
