// The class as this browser follows it: the fold of the log, kept up across reconnections. Asks for
// what follows the last entry it has, so a page that was away has missed nothing. Draws nothing.

import { CLASS_VERSION, type ClassEntry, type Joined } from '../contract/class.ts';
import type { Scene } from '../contract/scene.ts';
import { ask, getAppSocket } from './app-socket.ts';

export interface ClassState {
  readonly code: string;
  readonly head: number;
  /** The number of the last push, and what it shows. */
  readonly pushed: { readonly seq: number; readonly scene: Scene } | undefined;
  readonly learners: readonly { readonly id: string; readonly name: string }[];
  /** Learners who are connected now; only the instructor is told. */
  readonly present: readonly string[];
  readonly status: 'connecting' | 'following' | 'away' | 'refused';
  /** Why it was refused, for the reader. */
  readonly refusal?: string;
}

export type ClassIdentity = Joined | { readonly key: string };

const emptyState = (code: string): ClassState => ({
  code,
  head: 0,
  pushed: undefined,
  learners: [],
  present: [],
  status: 'connecting',
});

/** One entry further. What is already known is passed over; a gap leaves the state as it is. */
export function stepClass(state: ClassState, entry: ClassEntry): ClassState {
  if (entry.seq !== state.head + 1) return state;
  const head = entry.seq;
  if (entry.kind === 'joined') {
    const learners = [...state.learners, { id: entry.learner, name: entry.name }];
    return { ...state, head, learners };
  }
  return entry.kind === 'pushed'
    ? { ...state, head, pushed: { seq: entry.seq, scene: entry.scene } }
    : { ...state, head };
}

export class ClassStore {
  #state: ClassState;
  readonly #identity: ClassIdentity | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(code: string, identity: ClassIdentity | undefined) {
    this.#state = emptyState(code);
    this.#identity = identity;
    const socket = getAppSocket();
    socket.on('class:entries', this.#onEntries);
    socket.on('class:present', this.#onPresent);
    socket.on('connect', this.#follow);
    socket.on('disconnect', this.#onAway);
    if (socket.connected) this.#follow();
  }

  readonly state = (): ClassState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  close(): void {
    const socket = getAppSocket();
    socket.off('class:entries', this.#onEntries);
    socket.off('class:present', this.#onPresent);
    socket.off('connect', this.#follow);
    socket.off('disconnect', this.#onAway);
  }

  readonly #follow = (): void => {
    void this.#ask();
  };

  async #ask(): Promise<void> {
    const { code, head } = this.#state;
    const as = this.#identity;
    const request = { version: CLASS_VERSION, code, after: head, ...(as ? { as } : {}) };
    const reply = await ask<{ head: number }>('class:follow', request);
    if (reply.ok) this.#set({ ...this.#state, status: 'following' });
    else if (reply.code === 'unreachable') this.#onAway();
    else this.#set({ ...this.#state, status: 'refused', refusal: reply.message });
  }

  readonly #onEntries = ({
    code,
    entries,
  }: {
    code: string;
    entries: readonly ClassEntry[];
  }): void => {
    if (code !== this.#state.code) return;
    this.#set(entries.reduce(stepClass, this.#state));
    const last = entries.at(-1);
    if (last && last.seq > this.#state.head) this.#follow();
  };

  readonly #onPresent = ({
    code,
    learners,
  }: {
    code: string;
    learners: readonly string[];
  }): void => {
    if (code === this.#state.code) this.#set({ ...this.#state, present: learners });
  };

  readonly #onAway = (): void => this.#set({ ...this.#state, status: 'away' });

  #set(state: ClassState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
