import { expect, it } from 'vitest';
import { millis } from '../../lib/time.ts';
import { parametersOf } from './parameters.ts';
import { createRtt } from './rtt.ts';

it('follows RFC 6298 §2 by the book, with a least timeout of a second', () => {
  const rtt = createRtt(parametersOf('textbook'));
  expect(rtt.rto).toBe(1_000_000);
  rtt.sample(millis(800), 0, 0);
  expect([rtt.srtt, rtt.rttvar, rtt.rto]).toEqual([800_000, 400_000, 2_400_000]);
  rtt.sample(millis(1_200), 0, 0);
  expect([rtt.srtt, rtt.rttvar]).toEqual([850_000, 400_000]); // 3/4 · 400 + 1/4 · 400
  for (let i = 0; i < 100; i++) rtt.sample(millis(50), 0, 0);
  expect(rtt.rto).toBe(1_000_000);
});

it('adds at least 200 ms to the round trip as Linux does, in ticks of 4 ms', () => {
  const rtt = createRtt(parametersOf('linux'));
  rtt.sample(millis(41), 0, 1_000);
  expect(rtt.rto).toBe(244_000); // 41 + 200, rounded up
  rtt.sample(millis(500), 10, 1_000);
  const high = rtt.rto;
  expect(high).toBeGreaterThan(500_000);
  // The variance shrinks by a quarter of the way, and only once a round trip.
  rtt.sample(millis(41), 20, 1_000);
  const during = rtt.rto;
  rtt.sample(millis(41), 1_001, 2_000);
  expect(rtt.rto).toBeLessThanOrEqual(during);
  for (let i = 0; i < 200; i++) rtt.sample(millis(41), 2_001 + 1_000 * i, 3_000 + 1_000 * i);
  expect(rtt.rto).toBe(244_000);
});
