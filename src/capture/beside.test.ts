// A kernel's run beside the model's: both begin together, each lane says where it comes from, every packet is
// there once, and what was sent again is found by its numbers alone.

import { expect, it } from 'vitest';
import { recordPackets } from '../sim/simulate.ts';
import { linkOf, scenarioOf, sends } from '../sim/testing/scenarios.ts';
import { besideModel } from './beside.ts';
import { segmentNumbers } from './packet-reading.ts';
import { createPacketCapture, type PacketRecord } from './packets.ts';

const recordsOf = (which: readonly number[], shift = 0): readonly PacketRecord[] => {
  const up = linkOf(which.length > 0 ? [{ name: 'drop-exactly', params: { which } }] : []);
  const { records } = recordPackets(scenarioOf({ client: sends(20_000), up }));
  return records.map(({ leftAt, arrivedAt, ...one }) => ({
    ...one,
    leftAt: (leftAt + shift) as PacketRecord['leftAt'],
    ...(arrivedAt !== undefined && { arrivedAt: (arrivedAt + shift) as PacketRecord['leftAt'] }),
  }));
};

const model = createPacketCapture(recordsOf([]), 'modelled');
const [{ lane } = { lane: '' }] = model.connections;
const both = besideModel(model, [
  { beside: lane, provenance: 'recorded', records: recordsOf([6], 700_000) },
]);
const framesOf = (name: string) => {
  const ids = new Set(both.connections.filter((one) => one.lane === name).map(({ id }) => id));
  return both.frames.filter(({ connection }) => ids.has(connection));
};

it('says of each lane where it comes from, the model first', () => {
  expect(both.sources).toEqual([
    { lane: 'the model', provenance: 'modelled' },
    { lane: 'the kernel', provenance: 'recorded' },
  ]);
});

it('has every packet once, in order, under its own number', () => {
  expect(framesOf('the model').map(({ sources }) => sources)).toEqual(
    model.frames.map(({ sources }) => sources),
  );
  expect(framesOf('the kernel')).toHaveLength(recordsOf([6]).length);
  expect(both.frames.map(({ id }) => id)).toEqual(both.frames.map((_, i) => i));
  const times = both.frames.map(({ at }) => at as number);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

it('lets both begin at the same time', () => {
  expect(framesOf('the kernel')[0]?.at).toBe(framesOf('the model')[0]?.at);
});

it('finds what the kernel sent again by its numbers', () => {
  const again = framesOf('the kernel').filter(({ transit }) => /again/.test(transit?.why ?? ''));
  expect(again.map((frame) => segmentNumbers(both, frame)?.seq)).toEqual([1 + 3 * 1448]);
});

it('ends with the later of the two', () => {
  expect(both.endAt).toBeGreaterThan(model.endAt);
});

it('puts the lanes in the order that was asked for', () => {
  const lanes = ['TCP', 'UDP'].map((name) => ({ beside: name, provenance: 'observed' as const }));
  const [first] = model.connections;
  if (!first) throw new Error('the model has a connection');
  const two = {
    ...model,
    connections: [
      { ...first, lane: 'UDP' },
      { ...first, id: 2, lane: 'TCP' },
    ],
  };
  const laid = besideModel(
    two,
    lanes.map((one) => ({ ...one, records: recordsOf([]) })),
  );
  expect(laid.sources?.map((one) => one.lane)).toEqual([
    'TCP, the model',
    'TCP, the kernel',
    'UDP, the model',
    'UDP, the kernel',
  ]);
});
