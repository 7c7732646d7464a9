// Finds terms from what people type: first letters, typing mistakes, missing or extra spaces and
// hyphens. Best answer first. Knows no page.

import MiniSearch, { type Query, type SearchResult } from 'minisearch';
import type { Term } from './schema.ts';

export interface TermSearch {
  /** At most `limit` terms, the best first; none for an empty query. */
  find(query: string, limit?: number): readonly Term[];
}

const MAX_QUERY = 80;

/** "Web-Socket", "web socket" and "websocket" are one word to a reader, so they are one here. */
const joined = (text: string) =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}+#]/gu, '');

const namesOf = ({ term, id, aliases, misspellings }: Term) => [
  term,
  id,
  ...aliases,
  ...misspellings,
];

export function createTermSearch(terms: readonly Term[]): TermSearch {
  const byId = new Map(terms.map((term) => [term.id, term]));
  const index = new MiniSearch<Term>({
    fields: ['joined', 'names', 'definition'],
    idField: 'id',
    extractField: (term, field) => {
      if (field === 'id') return term.id;
      if (field === 'joined') return [...new Set(namesOf(term).map(joined))].join(' ');
      return field === 'names' ? namesOf(term).join(' ') : term.definition;
    },
    processTerm: (word) => word.toLowerCase(),
  });
  index.addAll(terms);
  return {
    find(query, limit = 12) {
      const text = query.trim().slice(0, MAX_QUERY);
      const whole = joined(text);
      if (whole === '') return [];
      return index
        .search(queryFor(text, whole))
        .map((hit) => ({ term: byId.get(String(hit.id)), hit }))
        .filter((row): row is { term: Term; hit: SearchResult } => row.term !== undefined)
        .map(({ term, hit }) => ({ term, score: hit.score + closeness(term, whole) }))
        .sort((a, b) => b.score - a.score)
        .slice(0, limit)
        .map(({ term }) => term);
    },
  };
}

function queryFor(text: string, whole: string): Query {
  // One or two letters are the start of too many words for mistakes to be guessed at.
  const fuzzy = whole.length > 2 ? 0.25 : false;
  return {
    combineWith: 'OR',
    queries: [
      { queries: [whole], fields: ['joined'], prefix: true, fuzzy, boost: { joined: 8 } },
      {
        queries: [text],
        fields: ['names', 'definition'],
        combineWith: 'AND',
        prefix: true,
        fuzzy: (word) => (word.length > 3 ? 0.2 : false),
        boost: { names: 3 },
        weights: { fuzzy: 0.3, prefix: 0.5 },
      },
    ],
  };
}

/** A name typed in full beats everything; then the start of a name, the shorter the better. */
function closeness(term: Term, whole: string): number {
  if (joined(term.term) === whole || joined(term.id) === whole) return 3_000;
  if (namesOf(term).some((name) => joined(name) === whole)) return 2_000;
  const name = joined(term.term);
  if (name.startsWith(whole)) return 1_000 - name.length;
  return term.aliases.some((alias) => joined(alias).startsWith(whole)) ? 500 : 0;
}
