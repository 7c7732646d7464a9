// The same seed, the same draws; and the draws are spread as chance is.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mulberry32, seedFor } from './random.ts';

const seeds = fc.integer({ min: 0, max: 0xffff_ffff });
const drawsOf = (seed: number, count: number): number[] => {
  const random = mulberry32(seed);
  return Array.from({ length: count }, () => random.next());
};

it('gives the draws that are published for a seed', () => {
  expect(drawsOf(1, 3).map((draw) => Math.round(draw * 2 ** 32))).toEqual([
    2_693_262_067, 11_749_833, 2_265_367_787,
  ]);
});

it('repeats itself, and stays at least 0 and below 1', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const draws = drawsOf(seed, 50);
      expect(drawsOf(seed, 50)).toEqual(draws);
      for (const draw of draws) expect(draw >= 0 && draw < 1).toBe(true);
    }),
  );
});

it('draws below a rate about as often as the rate says', () => {
  const below = drawsOf(7, 100_000).filter((draw) => draw < 0.03).length;
  expect(below).toBeGreaterThan(2_800);
  expect(below).toBeLessThan(3_200);
});

it('gives different seeds to different things', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const given = Array.from({ length: 32 }, (_, n) => seedFor(seed, n));
      expect(new Set(given).size).toBe(32);
    }),
  );
});
