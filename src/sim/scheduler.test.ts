import fc from 'fast-check';
import { expect, it } from 'vitest';
import { micros } from '../lib/time.ts';
import { createScheduler } from './scheduler.ts';

it('runs events by time, those of one instant in the order they were scheduled', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5)), (delays) => {
      const scheduler = createScheduler();
      const ran: { at: number; order: number }[] = [];
      for (const [order, delay] of delays.entries()) {
        scheduler.schedule(delay, () => ran.push({ at: scheduler.now(), order }));
      }
      scheduler.runUntil(micros(10));
      const expected = delays
        .map((at, order) => ({ at, order }))
        .sort((a, b) => a.at - b.at || a.order - b.order);
      expect(ran).toEqual(expected);
      expect(scheduler.now()).toBe(10);
    }),
  );
});

it('stops at the time it was given, and runs nothing that was cancelled', () => {
  const scheduler = createScheduler();
  const ran: string[] = [];
  scheduler.schedule(1, () => {
    ran.push('first');
    scheduler.schedule(1, () => ran.push('from the first'));
  });
  const cancel = scheduler.schedule(2, () => ran.push('cancelled'));
  scheduler.schedule(3, () => ran.push('too late'));
  cancel();
  scheduler.runUntil(micros(2));
  expect(ran).toEqual(['first', 'from the first']);
  expect(scheduler.processed()).toBe(2);
  expect(() => scheduler.schedule(-1, () => undefined)).toThrow('got -1');
});
