import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildIcmp, dissectIcmp, mtuOf, readIcmp } from './icmp.ts';
import { pseudoHeader } from './ip.ts';
import { fieldValue } from './layer.ts';

const version = fc.constantFrom(4 as const, 6 as const);
const message = fc.record({
  type: fc.oneof(fc.constantFrom(0, 1, 2, 3, 8, 11, 128, 129), fc.nat(255)),
  code: fc.nat(5),
  rest: fc.nat(0xffff_ffff),
  payload: fc.uint8Array({ maxLength: 30 }),
});

it('survives any bytes and never points outside them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(4), version, (bytes, offset, which) => {
      const start = Math.min(offset, bytes.length);
      const { fields, problems, range } = dissectIcmp(bytes, [start, bytes.length], which);
      for (const part of [...fields, ...problems, { range }]) {
        expect(part.range[0]).toBeGreaterThanOrEqual(start);
        expect(part.range[1]).toBeGreaterThanOrEqual(part.range[0]);
        expect(part.range[1]).toBeLessThanOrEqual(bytes.length);
      }
    }),
  );
});

it('builds what it read, with a right checksum and no byte unexplained', () => {
  fc.assert(
    fc.property(message, version, (one, which) => {
      const length = 8 + one.payload.length;
      const pseudo =
        which === 6 ? pseudoHeader(new Uint8Array(16), new Uint8Array(16), 58, length) : undefined;
      const bytes = buildIcmp(one, pseudo);
      expect(readIcmp(bytes)).toEqual(one);
      const layer = dissectIcmp(bytes, [0, length], which, pseudo);
      expect(layer.problems).toEqual([]);
      expect(layer.fields.reduce((sum, { range }) => sum + range[1] - range[0], 0)).toBe(length);
    }),
  );
});

it('tells how long a packet may be, and notices a changed byte', () => {
  const one = { type: 3, code: 4, rest: 1280, payload: Uint8Array.of(0x45) };
  const bytes = buildIcmp(one);
  const layer = dissectIcmp(bytes, [0, 9], 4);
  expect(layer.summary).toBe('destination unreachable, at most 1280 bytes');
  expect(fieldValue(layer, 'icmp.mtu')).toBe(1280);
  expect([mtuOf(one, 4), mtuOf(one, 6)]).toEqual([1280, undefined]);
  expect(mtuOf({ ...one, type: 2, code: 0 }, 6)).toBe(1280);
  bytes[8] = 1;
  expect(dissectIcmp(bytes, [0, 9], 4).problems[0]?.code).toBe('icmp/bad-checksum');
});
