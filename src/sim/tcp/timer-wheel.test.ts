import fc from 'fast-check';
import { expect, it } from 'vitest';
import { micros, millis } from '../../lib/time.ts';
import { connectionOf } from '../testing/connections.ts';
import { play } from '../testing/script.ts';
import { dueAt } from './timer-wheel.ts';

const wheel = { clockTick: millis(4), timerWheel: true };

it('runs out at the next tick, and the later the longer it is', () => {
  expect(dueAt(millis(50), 200_000, wheel)).toBe(252_000); // 48 + 200, and a tick more
  expect(dueAt(millis(50), 248_000, wheel)).toBe(300_000); // the last of the finest level
  expect(dueAt(millis(50), 252_000, wheel)).toBe(312_000); // in steps of 32 ms, 8 ms before this clock's
  expect(dueAt(millis(50), 3_000_000, wheel)).toBe(3_064_000); // of 256 ms
});

it('is never early, and late by a tick or an eighth of the delay at most', () => {
  fc.assert(
    fc.property(fc.nat(10_000_000), fc.integer({ min: 1, max: 200_000_000 }), (now, delay) => {
      const late = dueAt(micros(now), delay, wheel) - now - delay;
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThanOrEqual(8_000 + delay / 7);
    }),
  );
});

it('waits whole ticks without a wheel', () => {
  expect(dueAt(micros(50_500), 242_000, { ...wheel, timerWheel: false })).toBe(294_500);
});

it('makes SYNs leave a little later than a second after one another', () => {
  play(connectionOf('linux'), '0 * open\n 0 > S 0\n 1016 > S 0\n 2040 > S 0\n 2500 * read');
});
