import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EMPTY, isSameBytes } from '../lib/bytes.ts';
import { micros, seconds } from '../lib/time.ts';
import { buildIpv4 } from '../wire/ipv4.ts';
import { buildIpv6 } from '../wire/ipv6.ts';
import { cutIpv4, cutIpv6, Reassembler } from './fragments.ts';

const four = (payload: Uint8Array, id = 7) =>
  buildIpv4({
    source: '10.0.0.1',
    destination: '10.0.0.2',
    protocol: 17,
    ttl: 64,
    id,
    flags: 0,
    fragmentOffset: 0,
    trafficClass: 0,
    options: EMPTY,
    payload,
  });
const six = (payload: Uint8Array) =>
  buildIpv6({
    source: '2001:db8::1',
    destination: '2001:db8::2',
    nextHeader: 17,
    hopLimit: 64,
    trafficClass: 0,
    flowLabel: 0,
    payload,
  });

const cutting = fc.record({
  payload: fc.uint8Array({ minLength: 100, maxLength: 3_000 }),
  mtu: fc.integer({ min: 68, max: 600 }),
  again: fc.integer({ min: 60, max: 300 }),
  isSix: fc.boolean(),
  order: fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
});

it('gives the whole again, however it was cut and in whatever order the pieces come', () => {
  fc.assert(
    fc.property(cutting, ({ payload, mtu, again, isSix, order }) => {
      const whole = isSix ? six(payload) : four(payload);
      // A router may cut IPv4's fragments once more.
      const pieces = isSix
        ? cutIpv6(whole, mtu, 9)
        : cutIpv4(whole, mtu).flatMap((one) => (one.length > again ? cutIpv4(one, again) : [one]));
      for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(mtu);
      const shuffled = pieces
        .map((piece) => ({ piece, at: order.next().value }))
        .sort((a, b) => a.at - b.at)
        .map(({ piece }) => piece);
      const reassembler = new Reassembler();
      const given = shuffled.map((piece) => reassembler.add(piece, micros(0)));
      expect(given.filter((one) => one !== undefined)).toHaveLength(1);
      expect(isSameBytes(given.at(-1) ?? EMPTY, whole)).toBe(true);
    }),
  );
});

it('forgets pieces whose others do not come, and leaves whole packets alone', () => {
  const reassembler = new Reassembler();
  const [first, second] = cutIpv4(four(new Uint8Array(100)), 100);
  expect(reassembler.add(first ?? EMPTY, seconds(0))).toBeUndefined();
  expect(reassembler.add(second ?? EMPTY, seconds(31))).toBeUndefined();
  expect(reassembler.add(first ?? EMPTY, seconds(32))).toHaveLength(120);
  const whole = six(new Uint8Array(3));
  expect(reassembler.add(whole, seconds(33))).toBe(whole);
});
