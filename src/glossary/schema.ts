// What one glossary entry is: its front matter, checked when the site is built, and the tree of its
// longer explanation. Knows no files; zod stays at build time, the browser imports only the types.

import { z } from 'zod';

/** The hue of a term: the protocol it belongs to, or `general` where it belongs to none. */
export const LAYERS = [
  'general',
  'ethernet',
  'ip',
  'tcp',
  'udp',
  'http',
  'websocket',
  'engineio',
  'socketio',
] as const;

const MAX_WORDS = 30;

const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a kebab-case id, such as three-way-handshake');
const line = z.string().trim().min(1, 'some text');

/** How many words a reader counts in a sentence. */
export const wordCount = (text: string): number => text.trim().split(/\s+/).length;

export const termSchema = z.strictObject({
  term: line.max(60, 'at most 60 characters'),
  aliases: z.array(line).default([]),
  /** How people mistype or misspell it, where the search would not find it by itself. */
  misspellings: z.array(line).default([]),
  layer: z.enum(LAYERS),
  /** One sentence, correct on its own. */
  definition: line
    .endsWith('.', 'a sentence that ends with a full stop')
    .refine((text) => wordCount(text) <= MAX_WORDS, `at most ${MAX_WORDS} words`),
  /** `with` is the id of a term, or plain words for a thing that is not a term here. */
  confused: z.array(z.strictObject({ with: line, difference: line })).default([]),
  related: z.array(id).default([]),
  lessons: z.array(id).default([]),
  /** `RFC 6455 §5.2`, or a name followed by its address in angle brackets. */
  source: line.regex(
    /^(RFC \d+( §\S+)?|[^<>]+ <https:\/\/[^<>\s]+>)$/,
    '`RFC 6455 §5.2`, or a name and then its https address in angle brackets',
  ),
  /** Keys of the dissectors' fields that carry this on the wire; `http.header.*` is all that begin so. */
  fields: z.array(line).default([]),
});

export type TermFrontMatter = z.infer<typeof termSchema>;

/** An entry without its longer explanation. `id` is the name of its file. */
export interface Term extends TermFrontMatter {
  readonly id: string;
}

export type Inline =
  | string
  | { readonly code: string }
  | { readonly strong: readonly Inline[] }
  | { readonly em: readonly Inline[] }
  /** `to` is an address on this site (`/glossary/tcp`) or an https address. */
  | { readonly link: readonly Inline[]; readonly to: string };

export type Block =
  | { readonly paragraph: readonly Inline[] }
  | { readonly list: readonly (readonly Inline[])[] }
  | { readonly code: string };

/** The longer explanation of one term. */
export type TermBody = readonly Block[];
