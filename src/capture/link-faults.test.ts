import { expect, it } from 'vitest';
import { micros } from '../lib/time.ts';
import { brokenSpans } from './link-faults.ts';
import type { Faulted, TapRecord } from './record.ts';
import { captureOf, recordsOf } from './testing/records.ts';

const fault = (seq: number, what: Faulted['what'], rest: Partial<Faulted> = {}): Faulted => ({
  kind: 'fault',
  seq,
  at: micros(seq * 1_000),
  what,
  fault: 'stall',
  entry: 0,
  ...rest,
});

const spans = (...faults: TapRecord[]) =>
  brokenSpans(captureOf([...recordsOf([], false), ...faults]), 'main');

it('is broken from when a fault that lets nothing through began until it ended', () => {
  expect(
    spans(
      fault(2, 'began'),
      fault(3, 'ended', { entry: 1 }),
      fault(4, 'ended'),
      fault(5, 'began', { fault: 'turn-away', entry: 1 }),
      fault(6, 'began', { fault: 'latency', entry: 2 }),
      fault(7, 'ended', { fault: 'turn-away', entry: 1 }),
    ),
  ).toEqual([
    { from: 2_000, until: 4_000 },
    { from: 5_000, until: 7_000 },
  ]);
});

it('lasts to the end of what is known, and is about its own lane only', () => {
  expect(spans(fault(2, 'began'), fault(3, 'set'))).toEqual([{ from: 2_000, until: 3_000 }]);
  expect(spans(fault(2, 'began', { lane: 'other' }))).toEqual([]);
});
