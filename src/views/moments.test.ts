import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeDuration, latestAt, passedAt, startOf, stepFrom } from './moments.ts';
import { sampleCapture } from './testing/sample.ts';

const capture = sampleCapture(50);
const { frames, endAt } = capture;

test('the search agrees with counting', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 20_000, noNaN: true }), (at) => {
      const count = frames.filter((frame) => frame.at <= at).length;
      expect(passedAt(frames, at)).toBe(count);
      expect(latestAt(frames, at)).toBe(frames[count - 1]);
    }),
  );
});

test('steps forward visit every instant, and steps back the same ones', () => {
  const instants = [...new Set(frames.map(({ at }) => at as number))];
  const walk = (from: number, by: 1 | -1, to: number): number[] => {
    const visited: number[] = [];
    for (let at = from; at !== to; ) {
      at = stepFrom(capture, at, by, endAt);
      visited.push(at);
    }
    return visited;
  };
  expect(walk(startOf(capture), 1, endAt)).toEqual(instants);
  const back = walk(endAt, -1, startOf(capture));
  expect(back).toEqual([...instants.slice(0, -1).reverse(), startOf(capture)]);
});

test('a step never passes the limit', () => {
  expect(stepFrom(capture, 1_000, 1, 2_000)).toBe(2_000);
});

test('durations in three digits', () => {
  expect([850, 14_230, 999_900, 1_204_000].map(describeDuration)).toEqual([
    '850 µs',
    '14.2 ms',
    '1.00 s',
    '1.20 s',
  ]);
});
