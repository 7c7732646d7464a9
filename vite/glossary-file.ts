// Reads the text of glossary files: front matter against the schema, Markdown, references between
// terms. A mistake names the file, the line and what was expected. Reads no disk.

import { isMap, isNode, LineCounter, parseDocument } from 'yaml';
import { type Term, type TermBody, termSchema } from '../src/glossary/schema.ts';
import { MarkdownError, parseMarkdown } from './glossary-markdown.ts';

export interface GlossaryEntry {
  readonly term: Term;
  readonly body: TermBody;
  /** Path, from the root of the repository. */
  readonly file: string;
  readonly text: string;
}

/** A mistake of whoever wrote the file, as `file:line: what was expected`. */
export class GlossaryError extends Error {
  readonly file: string;
  readonly line: number;
  constructor(file: string, line: number, message: string) {
    super(`${file}:${line}: ${message}`);
    this.file = file;
    this.line = line;
  }
}

const FENCED = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;

/** One entry from the text of its file. Throws a `GlossaryError`. */
export function readTerm(file: string, text: string): GlossaryEntry {
  const id = file.replace(/^.*\//, '').replace(/\.md$/, '');
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
    throw new GlossaryError(
      file,
      1,
      'expected a kebab-case file name, such as three-way-handshake.md',
    );
  }
  const fenced = FENCED.exec(text);
  if (!fenced) throw new GlossaryError(file, 1, 'expected front matter between two lines of ---');
  const term: Term = { id, ...readFrontMatter(file, fenced[1] ?? '') };
  const linesBefore = fenced[0].split('\n').length - 1;
  try {
    const body = parseMarkdown(text.slice(fenced[0].length));
    if (body.length === 0) {
      throw new MarkdownError(
        1,
        'expected a longer explanation with an example below the front matter',
      );
    }
    return { term, body, file, text };
  } catch (error) {
    if (!(error instanceof MarkdownError)) throw error;
    throw new GlossaryError(file, linesBefore + error.line, error.message);
  }
}

function readFrontMatter(file: string, yaml: string) {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines });
  // One line more, for the opening ---.
  const lineAt = (offset: number) => lines.linePos(offset).line + 1;
  const [broken] = document.errors;
  if (broken) {
    const message = broken.message.split('\n')[0] ?? 'this is not YAML';
    throw new GlossaryError(file, lineAt(broken.pos[0]), `expected YAML: ${message}`);
  }
  if (!isMap(document.contents)) {
    throw new GlossaryError(
      file,
      1,
      'expected front matter with `term:`, `layer:`, `definition:`, …',
    );
  }
  const result = termSchema.safeParse(document.toJS());
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path ?? [];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const line = lineAt(offsetOf(document, [...path, ...unknown]));
  const name = path.length > 0 ? `${path.join('.')}: ` : '';
  throw new GlossaryError(file, line, `${name}expected ${expectation(issue?.message)}`);
}

const expectation = (message = 'something else') =>
  message.replace(/^Invalid input: expected /, '');

/** Where in the YAML the value at that path stands, or the innermost thing around it that exists. */
function offsetOf(
  document: ReturnType<typeof parseDocument>,
  path: readonly PropertyKey[],
): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

/** Throws a `GlossaryError` where an entry names a term that does not exist, or claims another's name. */
export function checkReferences(entries: readonly GlossaryEntry[]): void {
  const ids = new Set(entries.map(({ term }) => term.id));
  const owners = new Map<string, string>();
  for (const entry of entries) {
    for (const id of referencesOf(entry)) {
      if (!ids.has(id))
        fail(entry, id, `expected the id of a term, but there is no content/glossary/${id}.md`);
      if (id === entry.term.id) fail(entry, id, 'expected another term: this one refers to itself');
    }
    for (const name of [entry.term.term, ...entry.term.aliases]) {
      const owner = owners.get(name.toLowerCase());
      if (owner)
        fail(entry, name, `expected a name of its own: "${name}" belongs to ${owner} already`);
      owners.set(name.toLowerCase(), entry.term.id);
    }
  }
}

function referencesOf({ term, body }: GlossaryEntry): string[] {
  const linked = [...JSON.stringify(body).matchAll(/"to":"\/glossary\/([a-z0-9-]+)"/g)];
  const confused = term.confused
    .map((entry) => entry.with)
    .filter((name) => /^[a-z0-9-]+$/.test(name));
  return [...term.related, ...confused, ...linked.map(([, id]) => id ?? '')];
}

function fail({ file, text }: GlossaryEntry, name: string, message: string): never {
  const line = text.split('\n').findIndex((row) => row.includes(name)) + 1;
  throw new GlossaryError(file, Math.max(1, line), `${name}: ${message}`);
}
