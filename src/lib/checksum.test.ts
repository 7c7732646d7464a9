import fc from 'fast-check';
import { expect, it } from 'vitest';
import { concat, putU16 } from './bytes.ts';
import { checksum } from './checksum.ts';

it('agrees with the example of RFC 1071 §3', () => {
  const words = Uint8Array.of(0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7);
  expect(checksum(words)).toBe(~0xddf2 & 0xffff);
});

it('is the same however the data is cut, and 0 once it is part of the data', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 99 }), fc.nat(99), (bytes, cut) => {
      const sum = checksum(bytes);
      expect(checksum(bytes.subarray(0, cut), bytes.subarray(cut))).toBe(sum);
      const even = concat(bytes, new Uint8Array(bytes.length % 2));
      const tail = new Uint8Array(2);
      putU16(tail, 0, sum);
      expect(checksum(even, tail)).toBe(0);
    }),
  );
});
