import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { encodeUtf8 } from './utf8.ts';

it('agrees with Node on any bytes, both ways', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = Buffer.from(bytes).toString('base64');
      expect(encodeBase64(bytes)).toBe(text);
      expect(decodeBase64(encodeUtf8(text))).toEqual(bytes);
    }),
  );
});

it.each(['A', 'AAA', 'A===', '====', 'AB=C', 'AA A', 'AB==', 'AAB=', 'é+=='])(
  'refuses %j, which no encoder writes',
  (text) => expect(decodeBase64(encodeUtf8(text))).toBeUndefined(),
);
