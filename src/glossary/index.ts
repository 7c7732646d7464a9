// The glossary in the browser: fetched once, when first asked for. Draws nothing, searches nothing.

import type { Term, TermBody } from './schema.ts';

export type { Block, Inline, Term, TermBody } from './schema.ts';

export interface Glossary {
  /** In the alphabetical order of their names. */
  readonly terms: readonly Term[];
  term(id: string): Term | undefined;
  /** What the term names as related, and then every term that names it: links go both ways. */
  relatedTo(term: Term): readonly Term[];
  /** The term that explains this field of a dissection (`websocket.opcode`). */
  termOfField(key: string): Term | undefined;
}

let glossary: Promise<Glossary> | undefined;
let bodies: Promise<Readonly<Record<string, TermBody>>> | undefined;

/** Every term without its longer explanation. The same promise each time, so that React may `use` it. */
export function loadGlossary(): Promise<Glossary> {
  glossary ??= import('virtual:glossary').then(({ TERMS }) => createGlossary(TERMS));
  // A chunk that did not arrive may be asked for again.
  glossary.catch(() => {
    glossary = undefined;
  });
  return glossary;
}

/** The longer explanations of all terms, by id. */
export function loadTermBodies(): Promise<Readonly<Record<string, TermBody>>> {
  bodies ??= import('virtual:glossary/bodies').then(({ BODIES }) => BODIES);
  bodies.catch(() => {
    bodies = undefined;
  });
  return bodies;
}

export function createGlossary(terms: readonly Term[]): Glossary {
  const byId = new Map(terms.map((term) => [term.id, term]));
  const byField = new Map(terms.flatMap((term) => term.fields.map((key) => [key, term] as const)));
  const families = [...byField]
    .filter(([key]) => key.endsWith('*'))
    .map(([key, term]) => ({ start: key.slice(0, -1), term }))
    .sort((a, b) => b.start.length - a.start.length);
  return {
    terms,
    term: (id) => byId.get(id),
    relatedTo: ({ id, related }) => [
      ...related.flatMap((other) => byId.get(other) ?? []),
      ...terms.filter((other) => other.related.includes(id) && !related.includes(other.id)),
    ],
    termOfField: (key) =>
      byField.get(key) ?? families.find(({ start }) => key.startsWith(start))?.term,
  };
}
