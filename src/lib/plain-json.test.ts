import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isPlainJson } from './plain-json.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
const isPlain = (text: string) => {
  const bytes = encodeUtf8(`x${text}x`);
  return isPlainJson(bytes, 1, bytes.length - 1);
};

it.each(['[]', '{}', '["a",1,-0.5e+3,true,null,{"b":[ ]}]', '"\\n\\""', ' 7 ', '[0]', '1E9'])(
  'is certain of %s',
  (text) => expect(isPlain(text)).toBe(true),
);

it('is certain of most that is plain', () => {
  const plain = fc.jsonValue({ noUnicodeString: true }).map((value) => JSON.stringify(value));
  let certain = 0;
  fc.assert(
    fc.property(plain, (text) => {
      if (isPlain(text)) certain++;
    }),
    { numRuns: 300, seed: 1 },
  );
  expect(certain).toBeGreaterThan(250);
});

it('is never certain of what no parser takes', () => {
  const pieces = ['[', ']', '{', '}', '"', '\\', ',', ':', '0', '12', '-', '.', 'e', '+', 'true'];
  const parts = fc.constantFrom(
    ...pieces,
    'nul',
    ' ',
    '\n',
    '\u0001',
    'é',
    '\\u00e9',
    '"a"',
    '"a":',
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 8 }), (some) => {
      const text = some.join('');
      if (isPlain(text)) expect([text, parses(text)]).toEqual([text, true]);
    }),
    { numRuns: 20_000 },
  );
  const mutated = fc.tuple(fc.json(), fc.nat(), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(mutated, ([json, at, byte]) => {
      const bytes = encodeUtf8(json).slice();
      bytes[at % bytes.length] = byte;
      const { text, valid } = decodeUtf8(bytes);
      if (isPlainJson(bytes, 0, bytes.length)) expect(valid && parses(text)).toBe(true);
    }),
    { numRuns: 5_000 },
  );
});
