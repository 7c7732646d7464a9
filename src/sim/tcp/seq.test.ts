import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isAcceptable, placeOf, seq, seqAdd, seqDiff } from './seq.ts';

const any = fc.nat(0xffff_ffff);
const near = fc.integer({ min: -0x4000_0000, max: 0x4000_0000 });

it('finds the place that a number means, however often the numbers have wrapped', () => {
  fc.assert(
    fc.property(any, fc.nat(2 ** 45), near, (start, place, distance) => {
      const other = place + distance;
      fc.pre(other >= 0);
      const at = seqAdd(seq(start), other);
      expect(placeOf(at, seq(start), place)).toBe(other);
    }),
  );
});

it('compares around the wrap', () => {
  expect(seqDiff(seq(5), seq(0xffff_fffb))).toBe(10);
  expect(seqDiff(seq(0xffff_fffb), seq(5))).toBe(-10);
  expect(seqAdd(seq(0xffff_ffff), 1)).toBe(0);
});

it('accepts what the four cases of RFC 9293 §3.10.7.4 accept', () => {
  const open = { nxt: 100, wnd: 50 };
  const shut = { nxt: 100, wnd: 0 };
  expect([isAcceptable(100, 0, shut), isAcceptable(101, 0, shut)]).toEqual([true, false]);
  expect([99, 100, 149, 150].map((at) => isAcceptable(at, 0, open))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(isAcceptable(100, 1, shut)).toBe(false);
  // Its first or its last byte lies in the window.
  expect([90, 91, 149, 150].map((at) => isAcceptable(at, 10, open))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});
