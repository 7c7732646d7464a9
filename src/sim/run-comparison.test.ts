// What is compared between two engines, on runs whose outcome is known.

import { expect, it } from 'vitest';
import {
  completionOf,
  firstDifference,
  meanOutstanding,
  retransmissionsOf,
  stepsOf,
} from './run-comparison.ts';
import { recordPackets } from './simulate.ts';
import { linkOf, scenarioOf, sends } from './testing/scenarios.ts';

const BYTES = 20_000;
const run = (...which: readonly number[]) => {
  const up = linkOf(which.length > 0 ? [{ name: 'drop-exactly', params: { which } }] : []);
  let readAt = 0;
  const scenario = scenarioOf({ client: sends(BYTES), up });
  const { records } = recordPackets(scenario, {
    onConnection({ host, received, at }) {
      if (host === 'server' && received < BYTES) readAt = at;
    },
  });
  return { steps: stepsOf(records), readAt };
};

it('finds what was sent again, and only that', () => {
  expect(retransmissionsOf(run().steps)).toEqual([]);
  const again = retransmissionsOf(run(6).steps);
  expect(again).toMatchObject([{ seq: 1 + 3 * 1448, length: 1448, nth: 1 }]);
  expect(retransmissionsOf(run(1).steps)).toMatchObject([{ seq: 0, length: 0, nth: 1 }]);
});

it('is complete when the last hole is filled', () => {
  const { steps, readAt } = run(6);
  const [again] = retransmissionsOf(steps);
  const filled = steps.find(({ at, seq }) => at === again?.at && seq === again.seq);
  const done = completionOf(steps, BYTES);
  expect(done).toBeGreaterThanOrEqual(filled?.arrivedAt ?? Number.NaN);
  expect(done).toBeGreaterThan(readAt);
  expect(completionOf(steps, BYTES + 1)).toBeUndefined();
});

it('names the first packet that is not the same', () => {
  const [plain, lossy] = [run().steps, run(6).steps];
  expect(firstDifference(plain, plain, 'client')).toBeUndefined();
  expect(firstDifference(plain, lossy, 'client')).toMatchObject({
    ordinal: 6,
    kernel: { lostTo: 'drop-exactly' },
  });
  // The SYN-ACK and an acknowledgement each for the three segments before the hole are the same.
  expect(firstDifference(plain, lossy, 'server')?.ordinal).toBe(5);
});

it('averages what is outstanding over time', () => {
  const { steps } = run();
  const done = completionOf(steps, BYTES) ?? 0;
  const outstanding = meanOutstanding(steps, done);
  expect(outstanding).toBeGreaterThan(1_448);
  expect(outstanding).toBeLessThan(BYTES);
});
