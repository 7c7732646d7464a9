import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pseudoHeader } from './ip.ts';
import { buildUdp, dissectUdp, readUdp } from './udp.ts';

const address = fc.uint8Array({ minLength: 4, maxLength: 4 });
const datagram = fc.record({
  sourcePort: fc.nat(0xffff),
  destinationPort: fc.nat(0xffff),
  payload: fc.uint8Array({ maxLength: 30 }),
});

it('survives any bytes and never points outside them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(4), (bytes, offset) => {
      const start = Math.min(offset, bytes.length);
      const { fields, problems, range } = dissectUdp(bytes, [start, bytes.length]);
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
    fc.property(datagram, address, address, (one, source, destination) => {
      const pseudo = pseudoHeader(source, destination, 17, 8 + one.payload.length);
      const bytes = buildUdp(one, pseudo);
      expect(readUdp(bytes)).toEqual(one);
      const layer = dissectUdp(bytes, [0, bytes.length], pseudo);
      expect(layer.problems).toEqual([]);
      expect(layer.fields.reduce((sum, { range }) => sum + range[1] - range[0], 0)).toBe(
        bytes.length,
      );
    }),
  );
});

it('notices a changed byte, except where the sender gave no checksum', () => {
  const pseudo = new Uint8Array(12);
  const one = { sourcePort: 5000, destinationPort: 53, payload: Uint8Array.of(1, 2, 3) };
  const bytes = buildUdp(one, pseudo);
  expect(dissectUdp(bytes, [0, 11], pseudo).summary).toBe('5000 to 53');
  bytes[9] = 9;
  expect(dissectUdp(bytes, [0, 11], pseudo).problems[0]?.code).toBe('udp/bad-checksum');
  bytes.fill(0, 6, 8);
  expect(dissectUdp(bytes, [0, 11], pseudo).problems).toEqual([]);
  expect(dissectUdp(bytes, [0, 10], pseudo).problems[0]?.code).toBe('udp/bad-length');
  expect(() => buildUdp({ ...one, payload: new Uint8Array(65_528) }, pseudo)).toThrow('do not fit');
});
