// What was seen at both ends is the same after writing and reading, lost and changed packets too.

import { expect, it } from 'vitest';
import { recordPackets } from '../sim/simulate.ts';
import { linkOf, scenarioOf, sends } from '../sim/testing/scenarios.ts';
import { readTransitFile, writeTransitFile } from './transit-file.ts';

it('comes back as it was written', () => {
  const faults = [
    { name: 'loss', params: { rate: 20 } },
    { name: 'corrupt', params: { rate: 20 } },
  ];
  const scenario = scenarioOf({ client: sends(30_000), up: linkOf(faults) });
  const { records } = recordPackets(scenario);
  expect(records.some(({ arrivedBytes }) => arrivedBytes)).toBe(true);
  expect(records.some(({ lostTo }) => lostTo)).toBe(true);
  const whole = records.map((record) => ({
    ...record,
    leftAt: Math.round(record.leftAt),
    waited: Math.round(record.waited),
  }));
  const file = writeTransitFile(records, ['client', 'server'], 'A test.');
  expect(readTransitFile(file)).toEqual(whole);
});

it('reads nothing from a file that is none', () => {
  expect(readTransitFile(new Uint8Array(64))).toEqual([]);
});
