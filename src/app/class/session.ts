// The class that this tab is in, kept up while its reader goes from page to page: whether she follows or
// looks around, and how the connection is. One at a time. Draws nothing.

import { useSyncExternalStore } from 'react';
import { CLASS_VERSION } from '../../contract/class.ts';
import { appStatus, ask, onAppStatus } from '../../live/app-socket.ts';
import { type ClassState, ClassStore } from '../../live/class-store.ts';
import { currentPlace, onPlace, type Place, type Role } from './place.ts';

export type Pushed = NonNullable<ClassState['pushed']>;

/** How it stands with the server. `away`: nobody answers. */
export type Link = 'connecting' | 'connected' | 'catching-up' | 'away' | 'refused';

export interface SessionState {
  readonly code: string;
  readonly role: Role;
  readonly name: string | undefined;
  readonly room: ClassState;
  readonly link: Link;
  /** Since when nobody answers; milliseconds since 1970. */
  readonly awaySince: number | undefined;
  /** Absent while the learner follows: what she had on screen when she began, and her own step. */
  readonly looking: { readonly pushed: Pushed | undefined; readonly step?: number } | undefined;
  /** How often she returned: then a moment is shown from its place again. */
  readonly returns: number;
}

class Session {
  readonly #place: Place;
  readonly #store: ClassStore;
  readonly #stop: readonly (() => void)[];
  #state: SessionState;

  constructor(place: Place) {
    const { code, role, name, identity } = place;
    this.#place = place;
    this.#store = new ClassStore(code, identity);
    const room = this.#store.state();
    const link = linkOf(room);
    const awaySince = undefined;
    this.#state = { code, role, name, room, link, awaySince, looking: undefined, returns: 0 };
    this.#stop = [this.#store.subscribe(this.#onChange), onAppStatus(this.#onChange)];
    this.#onChange();
  }

  state(): SessionState {
    return this.#state;
  }

  isOf(place: Place | undefined): boolean {
    return place === this.#place;
  }

  /** What is on screen stays there, whatever is pushed. */
  lookAround(step: number | undefined): void {
    const { looking, room } = this.#state;
    const pushed = looking ? looking.pushed : room.pushed;
    const own = step ?? looking?.step;
    this.#set({ looking: own === undefined ? { pushed } : { pushed, step: own } });
  }

  follow(): void {
    if (!this.#state.looking) return;
    this.#set({ looking: undefined, returns: this.#state.returns + 1 });
  }

  close(): void {
    for (const stop of this.#stop) stop();
    const { code, head } = this.#store.state();
    this.#store.close();
    // Following as nobody in particular, so that the instructor no longer counts this page as here.
    if (appStatus() === 'connected') {
      void ask('class:follow', { version: CLASS_VERSION, code, after: head });
    }
  }

  readonly #onChange = (): void => {
    const room = this.#store.state();
    const link = linkOf(room);
    const { awaySince } = this.#state;
    const isBack = link === 'connected' || link === 'refused';
    const since = isBack ? undefined : link === 'away' ? (awaySince ?? Date.now()) : awaySince;
    this.#set({ room, link, awaySince: since });
  };

  #set(change: Partial<SessionState>): void {
    this.#state = { ...this.#state, ...change };
    tell();
  }
}

function linkOf({ status, refusal, retryAt }: ClassState): Link {
  const socket = appStatus();
  if (status === 'refused') return 'refused';
  if (socket === 'away') return 'away';
  if (status === 'following') return 'connected';
  if (socket !== 'connected') return status === 'away' ? 'away' : 'connecting';
  return refusal !== undefined || retryAt !== undefined ? 'away' : 'catching-up';
}

let session: Session | undefined;
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

function sync(): void {
  const place = currentPlace();
  if (session ? session.isOf(place) : !place) return;
  session?.close();
  session = place ? new Session(place) : undefined;
  tell();
}

onPlace(sync);
sync();

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useSession = (): SessionState | undefined =>
  useSyncExternalStore(subscribe, () => session?.state());

/** From now on pushes are told of, and wait. */
export const lookAround = (step?: number): void => session?.lookAround(step);

export const returnToClass = (): void => session?.follow();
