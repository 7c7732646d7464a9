import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonParts } from './json-text.ts';
import { encodeUtf8 } from './utf8.ts';

const partsOf = (text: string) => {
  const bytes = encodeUtf8(text);
  return jsonParts(bytes, [0, bytes.length])?.map(({ name, range, value }) => ({
    name: name?.text,
    text: new TextDecoder().decode(bytes.subarray(...range)),
    value,
  }));
};

describe('jsonParts', () => {
  it('finds every element of an array, whatever the white space', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue()),
        fc.constantFrom(undefined, 1, '\t'),
        (values, space) => {
          const parts = partsOf(JSON.stringify(values, null, space));
          expect(parts?.map(({ text }) => JSON.parse(text))).toEqual(
            JSON.parse(JSON.stringify(values)),
          );
        },
      ),
    );
  });

  it('finds every member of an object', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const text = JSON.stringify(object);
        const members = partsOf(text)?.map(({ name, value }) => [name, value]);
        expect(members).toEqual(Object.entries(JSON.parse(text)));
      }),
    );
  });

  it.each(['', '1', '"a"', 'null', '[1', '{"a"}', '[1]x'])('finds none in %j', (text) =>
    expect(partsOf(text)).toBeUndefined(),
  );
});
