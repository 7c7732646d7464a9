import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createGlossary } from '../src/glossary/index.ts';
import { wordCount } from '../src/glossary/schema.ts';
import { createTermSearch } from '../src/glossary/search.ts';
import { FIELD_SPECS } from '../src/wire/index.ts';
import { readTerm } from '../vite/glossary-file.ts';
import { readGlossary } from '../vite/glossary-plugin.ts';

const entries = readGlossary('.');
const terms = entries.map(({ term }) => term);
const glossary = createGlossary(terms);
const search = createTermSearch(terms);

test('there are a hundred and seventy-five terms and more, each at most thirty words', () => {
  expect(terms.length).toBeGreaterThanOrEqual(175);
  expect(terms.filter(({ definition }) => wordCount(definition) > 30)).toEqual([]);
});

test('the terms of the source notes say what they are confused with', () => {
  const notes =
    'socket websocket socket-io client server osi-model tcp-ip-model tcp udp packet'.split(' ');
  expect(notes.filter((id) => (glossary.term(id)?.confused.length ?? 0) === 0)).toEqual([]);
});

test('related terms lead to each other both ways, each once', () => {
  for (const term of terms) {
    const near = glossary.relatedTo(term).map(({ id }) => id);
    expect(new Set(near).size, term.id).toBe(near.length);
    expect(near.slice(0, term.related.length)).toEqual(term.related);
    for (const other of glossary.relatedTo(term))
      expect(glossary.relatedTo(other), `${term.id} and ${other.id}`).toContain(term);
  }
});

test('every field of every dissector has a term', () => {
  const keys = FIELD_SPECS.map(({ key }) => key);
  expect(keys.length).toBeGreaterThan(100);
  expect(keys.filter((key) => glossary.termOfField(key) === undefined)).toEqual([]);
});

test('every exact term that a lesson binds exists', () => {
  const folder = 'content/lessons';
  const files = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.endsWith('.mdx'))
    : [];
  const used = files.flatMap((name) => [
    ...readFileSync(`${folder}/${name}`, 'utf8').matchAll(/<Term\s[^>]*?id="([^"]+)"/g),
  ]);
  expect(used.map(([, id]) => id ?? '').filter((id) => !glossary.term(id))).toEqual([]);
});

test.each([
  ['web socket', 'websocket'],
  ['webscoket', 'websocket'],
  ['web-socket', 'websocket'],
  ['socketio', 'socket-io'],
  ['socket.io', 'socket-io'],
  ['3 way handshake', 'three-way-handshake'],
  ['head of line', 'head-of-line-blocking'],
  ['keepalive', 'keep-alive'],
  ['101', 'switching-protocols'],
  ['tcp', 'tcp'],
  ['pakcet', 'packet'],
  ['acknowledgment', 'acknowledgement'],
])('"%s" finds %s first', (typed, id) => {
  expect(search.find(typed)[0]?.id).toBe(id);
});

test('every name and every misspelling finds its own term first', () => {
  const missed = terms.flatMap(({ id, term, misspellings }) =>
    [term, ...misspellings].filter((typed) => search.find(typed)[0]?.id !== id),
  );
  expect(missed).toEqual([]);
});

test('nothing typed finds nothing, and any text is answered', () => {
  expect(search.find('  ')).toEqual([]);
  expect(search.find('\u0000<*>'.repeat(1_000))).toEqual([]);
});

const GOOD =
  '---\nterm: Tin can\nlayer: general\ndefinition: A tin can.\nsource: RFC 1\n---\n\nExample: two cans.\n';

test.each([
  ['definition: A tin can.', 'definition: A tin can', 'x.md:4: definition: expected a sentence'],
  ['layer: general', 'layer: physical', 'x.md:3: layer: expected'],
  ['source: RFC 1', 'source: RFC 1\ncolour: red', 'x.md:6: expected Unrecognized key: "colour"'],
  ['source: RFC 1', 'source: someone said so', 'x.md:5: source: expected `RFC 6455'],
  ['term: Tin can', 'term: [', 'x.md:'],
  ['Example: two cans.', 'Example: <b>two</b> cans.', 'x.md:8: raw HTML is not allowed'],
  ['Example: two cans.', '[cans](javascript:alert)', 'x.md:8: expected a link'],
])('instead of %j, %j is reported with file, line and what was expected', (from, to, message) => {
  expect(() => readTerm('x.md', GOOD)).not.toThrow();
  expect(() => readTerm('x.md', GOOD.replace(from, to))).toThrow(message);
});
