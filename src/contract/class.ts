// What browsers and the server say about a class. A class is an ordered log; its state is the fold.

import * as z from 'zod/mini';
import type { Endpoint } from '../capture/record.ts';
import { call, type EventsOf } from './call.ts';
import { type Scene, scene } from './scene.ts';

/** Bump when a deployed browser would misread the server. */
export const CLASS_VERSION = 2;

/** No vowels, and nothing that looks or sounds like something else. */
export const CODE_ALPHABET = '346789BCDFGHJKMPQRTWXY';

/** Every reason for which a class refuses, and the one sentence that the reader gets. */
export const CLASS_REFUSALS = {
  'class/full': 'The record of this class is full. Start a new class.',
  'class/no-code': 'All class codes are in use on this server. Try again later.',
  'class/no-seat': 'This class has as many learners as it can take. Tell your instructor.',
  'class/no-such-class': 'There is no class with this code. Check it with your instructor.',
  'class/not-instructor': 'This is not the key of this class. Only its instructor can push.',
  'class/not-known': 'This browser is not known to the class. Join it again.',
  'class/slow-down': 'Too many wrong codes or keys came from here. Wait a minute and try again.',
  'class/too-many-classes':
    'Too many classes were started from your address. Try again in an hour.',
  'class/too-many-followed': 'This page follows too many classes. Reload it and try again.',
  'class/too-many-joins': 'This page has joined too often. Reload it and try again.',
} as const;

export type ClassRefusal = keyof typeof CLASS_REFUSALS;

const version = z.literal(CLASS_VERSION);
export const classCode = z.string().check(z.regex(/^[346789BCDFGHJKMPQRTWXY]{4}$/));
const code = classCode;
const secret = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const after = z.int().check(z.nonnegative());
/**
 * 1 to 40 characters after trimming, one of them visible. No control characters, which could turn the
 * text around, but the two joiners, without which names in some scripts cannot be written.
 */
const name = z
  .string()
  .check(
    z.trim(),
    z.minLength(1),
    z.maxLength(40),
    z.regex(/^(?:\P{C}|\u200c|\u200d)+$/u),
    z.regex(/[\p{L}\p{N}\p{P}\p{S}]/u),
  );
/** Chosen at random by whoever pushes. The same id again is the same push, told again. */
const pushId = z.string().check(z.regex(/^[0-9a-f]{16,64}$/));

/** One line of a class's log. `seq` counts from 1 without gaps. */
export type ClassEntry = { readonly seq: number; readonly at: number } & (
  | { readonly kind: 'created' }
  | { readonly kind: 'joined'; readonly learner: string; readonly name: string }
  | { readonly kind: 'pushed'; readonly scene: Scene; readonly id?: string }
  /** Keeps the count where the entry itself is not for this reader. Never in the log. */
  | { readonly kind: 'hidden' }
);

export interface Joined {
  readonly learner: string;
  /** Proves on return that this is the same learner. */
  readonly secret: string;
}

/** One page's connection to the server, as the server sees its two ends. */
export interface ClassTuple {
  readonly who: 'you' | 'instructor' | 'learner';
  /** Which learner; told to the instructor alone. */
  readonly learner?: string;
  /** To learners a classmate's public address is told as a letter, the same for the same address. */
  readonly client: Endpoint;
  readonly server: Endpoint;
}

export const CLASS_CALLS = {
  'class:create': call<{ code: string; key: string }>()(z.strictObject({ version })),
  'class:join': call<Joined>()(z.strictObject({ version, code, name })),
  /**
   * Entries come as `class:entries`, from the first after `after` up to `head` and then as they are
   * appended. Who follows with the key reads everything; others read pushes and their own entry.
   */
  'class:follow': call<{ head: number }>()(
    z.strictObject({
      version,
      code,
      after,
      as: z.optional(
        z.union([
          z.strictObject({ learner: z.string().check(z.maxLength(20)), secret }),
          z.strictObject({ key: secret }),
        ]),
      ),
    }),
  ),
  /** Without an id, each push is a new one. */
  'class:push': call<{ seq: number }>()(
    z.strictObject({ version, code, key: secret, scene, id: z.optional(pushId) }),
  ),
  /** The connections of everybody who is there, for whoever follows the class as one of it. */
  'class:connections': call<{ tuples: readonly ClassTuple[]; more: number }>()(
    z.strictObject({ version, code }),
  ),
};

export type ClassClientToServer = EventsOf<typeof CLASS_CALLS>;

export interface EntriesPart {
  readonly code: string;
  readonly entries: readonly ClassEntry[];
}

export interface ClassServerToClient {
  /**
   * In order, in parts of bounded size. A part that comes with an acknowledgement is followed by the
   * next only once that is given. A gap means that the page should ask again.
   */
  'class:entries': (part: EntriesPart, received?: () => void) => void;
  /** Learners whose page is connected now. Told to whoever follows with the key. */
  'class:present': (part: { readonly code: string; readonly learners: readonly string[] }) => void;
}
