// The page of bench/search.ts: 500 terms, our search and a plain one. Hands both to the bench.
/// <reference path="../../src/glossary/virtual-glossary.d.ts" />

import { TERMS } from 'virtual:glossary';
import type { Term } from '../../src/glossary/index.ts';
import { createTermSearch } from '../../src/glossary/search.ts';

const SIZE = 500;
const LIMIT = 12;

/** The real terms, then copies of them with the letters of their names turned round: padding only. */
function padded(): Term[] {
  const padding = Array.from({ length: Math.max(0, SIZE - TERMS.length) }, (_, at) => {
    const term = TERMS[at % TERMS.length] as Term;
    const round = Math.floor(at / TERMS.length) + 1;
    return {
      ...term,
      id: `padding-${at}`,
      term: turned(term.term, round),
      aliases: term.aliases.map((alias) => turned(alias, round)),
    };
  });
  return [...TERMS, ...padding].slice(0, SIZE);
}

const turned = (text: string, by: number) => text.slice(by) + text.slice(0, by);

/** The rival: every name of every term by Levenshtein distance, nothing prepared beforehand. */
function plainFind(terms: readonly Term[], query: string): Term[] {
  const typed = query.toLowerCase();
  return terms
    .map((term) => ({ term, far: Math.min(...[term.term, ...term.aliases].map(farFrom(typed))) }))
    .filter(({ far }) => far <= Math.ceil(typed.length / 4))
    .sort((a, b) => a.far - b.far)
    .slice(0, LIMIT)
    .map(({ term }) => term);
}

const farFrom = (typed: string) => (name: string) => {
  const text = name.toLowerCase();
  return text.startsWith(typed) ? 0 : levenshtein(typed, text);
};

function levenshtein(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

const terms = padded();
const ours = createTermSearch(terms);
const field = document.querySelector('input');
const list = document.querySelector('ol');
const find = new URLSearchParams(location.search).has('plain')
  ? (query: string) => plainFind(terms, query)
  : (query: string) => ours.find(query, LIMIT);
const times: number[] = [];
// From the moment the key event was made to the moment the results are in the page and laid out.
field?.addEventListener('input', (event) => {
  const found = field.value.trim() === '' ? [] : find(field.value);
  list?.replaceChildren(
    ...found.map((term) => {
      const item = document.createElement('li');
      item.textContent = `${term.term}: ${term.definition}`;
      return item;
    }),
  );
  list?.getBoundingClientRect();
  if (field.value !== '') times.push(performance.now() - event.timeStamp);
});
Object.assign(window, { searchBench: { times, real: TERMS.length, size: terms.length } });
