// What is due runs in its order, at its time or after it, and what was taken back does not.

import { expect, it } from 'vitest';
import { createExactClock } from './exact-clock.ts';

it('runs what is due in order, never early, and leaves out what was taken back', async () => {
  const clock = createExactClock();
  const ran: string[] = [];
  const early: string[] = [];
  const at = (name: string, delay: number) => {
    const due = clock.now() + delay;
    return clock.schedule(delay, () => {
      ran.push(name);
      if (clock.now() < due) early.push(name);
    });
  };
  await new Promise<void>((resolve) => {
    at('third', 9_000);
    at('first', 300);
    const takeBack = at('never', 2_000);
    at('second', 4_000);
    takeBack();
    clock.schedule(12_000, resolve);
  });
  expect(ran).toEqual(['first', 'second', 'third']);
  expect(early).toEqual([]);
  await clock.close();
});
