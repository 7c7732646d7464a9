// What a screen shows, whole: the address, the instructor's push, the projector and the tests carry
// one of these and nothing else.

import * as z from 'zod/mini';

/** Bounds what one push can add to a class's log. */
const MAX_PARAMS = 32;

const slug = z.string().check(z.regex(/^[a-z0-9-]{1,64}$/));

export const selection = z.strictObject({
  frame: z.int().check(z.nonnegative()),
  layer: z.optional(z.int().check(z.nonnegative())),
  field: z.optional(z.int().check(z.nonnegative())),
});

/** A step of a lesson, or a demo at a moment of a published capture. */
export const scene = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('step'),
    lesson: slug,
    step: z.int().check(z.gte(1), z.lte(99)),
  }),
  z.strictObject({
    kind: z.literal('demo'),
    demo: slug,
    params: z
      .record(slug, z.string().check(z.maxLength(4_000)))
      .check(z.refine((all) => Object.keys(all).length <= MAX_PARAMS, 'at most 32 parameters')),
    /** Content hash of a published capture; absent where everybody runs their own. */
    capture: z.optional(z.string().check(z.regex(/^[0-9a-f]{64}$/))),
    /** Microseconds since the start of the capture. */
    playhead: z.number().check(z.gte(0), z.lte(3.6e9)),
    selection: z.optional(selection),
  }),
]);

export type Scene = z.infer<typeof scene>;
