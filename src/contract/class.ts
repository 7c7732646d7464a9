// What browsers and the server say about a class. A class is an ordered log; its state is the fold.

import * as z from 'zod/mini';
import { call, type EventsOf } from './call.ts';
import { type Scene, scene } from './scene.ts';

/** Bump when a deployed browser would misread the server. */
export const CLASS_VERSION = 1;

/** No vowels, and nothing that looks or sounds like something else. */
export const CODE_ALPHABET = '346789BCDFGHJKMPQRTWXY';

const version = z.literal(CLASS_VERSION);
const code = z.string().check(z.regex(/^[346789BCDFGHJKMPQRTWXY]{4}$/));
const secret = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const after = z.int().check(z.nonnegative());
/** 1 to 40 characters after trimming, none of them a control character. */
const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(40), z.regex(/^\P{C}+$/u));

/** One line of a class's log. `seq` counts from 1 without gaps. */
export type ClassEntry = { readonly seq: number; readonly at: number } & (
  | { readonly kind: 'created' }
  | { readonly kind: 'joined'; readonly learner: string; readonly name: string }
  | { readonly kind: 'pushed'; readonly scene: Scene }
);

export interface Joined {
  readonly learner: string;
  /** Proves on return that this is the same learner. */
  readonly secret: string;
}

export const CLASS_CALLS = {
  'class:create': call<{ code: string; key: string }>()(z.strictObject({ version })),
  'class:join': call<Joined>()(z.strictObject({ version, code, name })),
  /** Entries follow as `class:entries`, from the first after `after`; `learner` says who is here. */
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
  'class:push': call<{ seq: number }>()(z.strictObject({ version, code, key: secret, scene })),
};

export type ClassClientToServer = EventsOf<typeof CLASS_CALLS>;

export interface ClassServerToClient {
  /** In order, each once; a gap means that the page should ask again. */
  'class:entries': (part: {
    readonly code: string;
    readonly entries: readonly ClassEntry[];
  }) => void;
  /** Learners whose page is connected now. Told to whoever follows with the key. */
  'class:present': (part: { readonly code: string; readonly learners: readonly string[] }) => void;
}
