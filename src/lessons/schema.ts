// What stands at the head of a lesson's file. Used when building and testing; never in the browser.

import * as z from 'zod';

export const frontMatter = z.strictObject({
  title: z.string().min(8).max(80),
  summary: z.string().min(20).max(240),
  minutes: z.int().min(3).max(60),
  outcomes: z.array(z.string().min(8)).min(2).max(5),
  misconceptions: z.array(z.string().regex(/^M\d+$/)).min(2),
  captures: z.array(z.string().regex(/^[a-z0-9-]+$/)),
  prerequisites: z.array(z.string().regex(/^[a-z0-9-]+$/)),
});

export type FrontMatter = z.infer<typeof frontMatter>;

/** A lesson's file as the app knows it before loading the lesson itself. */
export interface LessonInfo extends FrontMatter {
  readonly slug: string;
  readonly number: number;
  /** Titles of the steps, in order. */
  readonly steps: readonly string[];
}
