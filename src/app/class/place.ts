// Which class this tab is in and as whom, and when this browser was in which. Light, because every page
// asks: it opens no connection and draws nothing.

import { forgetIdentity, rememberClass, rememberedClasses } from '../../live/class-memory.ts';
import type { ClassIdentity } from '../../live/class-store.ts';

export type Role = 'learner' | 'instructor';

export interface Place {
  readonly code: string;
  readonly role: Role;
  readonly identity: ClassIdentity;
  /** The name the learner joined with. */
  readonly name?: string;
}

const TAB_KEY = 'wirelight.place.1';
const VISITS_KEY = 'wirelight.visits.1';

/** A new tab goes on with the last class for so long: a day of teaching, and not the next one. */
const DAY_MS = 12 * 3_600_000;

interface Visit {
  readonly role: Role;
  /** Milliseconds since 1970. */
  readonly at: number;
}

let place: Place | undefined;
let left: Place | undefined;
let isRead = false;
const listeners = new Set<() => void>();

export function currentPlace(): Place | undefined {
  if (!isRead) place = readPlace();
  isRead = true;
  return place;
}

/** The class that was left on this page, as long as that can be undone. */
export const justLeft = (): Place | undefined => left;

export function onPlace(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** This tab is in that class from now on. */
export function enterClass(code: string, identity: ClassIdentity): void {
  const next = placeOf(code, identity);
  write('sessionStorage', TAB_KEY, { code, role: next.role });
  write('localStorage', VISITS_KEY, { ...visits(), [code]: { role: next.role, at: Date.now() } });
  left = undefined;
  if (JSON.stringify(next) === JSON.stringify(currentPlace())) tell(place);
  else tell(next);
}

/** Forgets the learner, here and in this browser; `undoLeave` brings her back. */
export function leaveClass(): void {
  const gone = currentPlace();
  if (!gone) return;
  if (gone.role === 'learner') forgetIdentity(gone.code, gone.identity);
  write('sessionStorage', TAB_KEY, null);
  left = gone.role === 'learner' ? gone : undefined;
  tell(undefined);
}

export function undoLeave(): void {
  if (!left) return;
  const { code, identity, name } = left;
  if (!('key' in identity)) rememberClass(code, { joined: { ...identity, name: name ?? '' } });
  enterClass(code, identity);
}

export function closeLeave(): void {
  left = undefined;
  tell(place);
}

/** When this browser last had that class on screen; milliseconds since 1970. */
export const lastVisit = (code: string): number | undefined => visits()[code]?.at;

function tell(next: Place | undefined): void {
  place = next;
  isRead = true;
  for (const listener of listeners) listener();
}

function placeOf(code: string, identity: ClassIdentity): Place {
  if ('key' in identity) return { code, role: 'instructor', identity };
  const { name } = identity as { readonly name?: unknown };
  return { code, role: 'learner', identity, ...(typeof name === 'string' ? { name } : {}) };
}

function readPlace(): Place | undefined {
  const tab = read('sessionStorage', TAB_KEY);
  // Left or hidden in this tab.
  if (tab === null) return undefined;
  if (isVisit({ at: 0, ...(tab as object) })) {
    const { code, role } = tab as { readonly code: unknown; readonly role: Role };
    return typeof code === 'string' ? remembered(code, role) : undefined;
  }
  const recent = Object.entries(visits())
    .filter(([, { at }]) => Math.abs(Date.now() - at) < DAY_MS)
    .sort(([, a], [, b]) => b.at - a.at);
  for (const [code, { role }] of recent) {
    const found = remembered(code, role);
    if (found) return found;
  }
  return undefined;
}

function remembered(code: string, role: Role): Place | undefined {
  const classes = rememberedClasses();
  const known = Object.hasOwn(classes, code) ? classes[code] : undefined;
  if (role === 'learner') return known?.joined && placeOf(code, known.joined);
  return known?.key === undefined ? undefined : placeOf(code, { key: known.key });
}

/** What somebody else wrote there is passed over. */
function visits(): Readonly<Record<string, Visit>> {
  const stored = read('localStorage', VISITS_KEY);
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(
    Object.entries(stored).filter((entry): entry is [string, Visit] => isVisit(entry[1])),
  );
}

function isVisit(value: unknown): value is Visit {
  if (typeof value !== 'object' || value === null) return false;
  const { role, at } = value as { readonly role?: unknown; readonly at?: unknown };
  return (role === 'learner' || role === 'instructor') && Number.isFinite(at);
}

type Storage = 'localStorage' | 'sessionStorage';

/** `undefined` where there is nothing, or nothing that can be read. */
function read(storage: Storage, key: string): unknown {
  try {
    const text = globalThis[storage].getItem(key);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function write(storage: Storage, key: string, value: unknown): void {
  try {
    globalThis[storage].setItem(key, JSON.stringify(value));
  } catch {
    // Storage may be refused or full: this page still knows, and only a reload will not.
  }
}
