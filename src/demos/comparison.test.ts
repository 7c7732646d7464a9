// Where two runs differ is said truly: on runs whose differences are known.

import { expect, it } from 'vitest';
import { besideModel } from '../capture/beside.ts';
import type { PacketRecord } from '../capture/packets.ts';
import { type LinkRun, scenarioOfRun } from '../sim/link-run.ts';
import { recordPackets } from '../sim/simulate.ts';
import { comparisonsOf } from './comparison.ts';
import { besideTcp, type TcpDemoParams } from './tcp/conditions.ts';
import { simulateTcp } from './tcp/simulate.ts';
import { besideLanes } from './tcp-vs-udp/beside.ts';
import { simulateLanes } from './tcp-vs-udp/simulate.ts';

const PLAIN: TcpDemoParams = {
  size: '20000',
  loss: 'middle',
  drop: '6',
  delay: '20',
  reader: 'reads',
  end: 'close',
  profile: 'linux',
  beside: 'recorded',
};

/** What another engine makes of the same run; here the simulator by its other way in. */
const recordsOf = (run: LinkRun): readonly PacketRecord[] =>
  recordPackets(scenarioOfRun(run)).records;

function comparisonOf(params: TcpDemoParams, change: (run: LinkRun) => LinkRun = (run) => run) {
  const lanes = besideTcp.lanes(params);
  if (typeof lanes === 'string') throw new Error(lanes);
  const kernels = lanes.map(({ lane, run }) => ({
    beside: lane,
    provenance: 'recorded' as const,
    records: recordsOf(change(run)),
  }));
  const [found] = comparisonsOf(besideModel(simulateTcp(params), kernels));
  if (!found) throw new Error('nothing was compared');
  return found;
}

const rowOf = ({ rows }: ReturnType<typeof comparisonOf>, name: string) =>
  rows.find(({ label }) => label === name);

it.each([
  {},
  { loss: 'none' },
  { loss: 'last' },
  { loss: 'syn' },
  { loss: 'ack' },
  { loss: 'queue', size: '60000' },
  { loss: 'chance', size: '100000' },
  { loss: 'these', drop: '5, 6 and 9' },
  { delay: '80' },
  { end: 'abort' },
  { end: 'refused' },
])('the demo and its scenario are the same run: %o', (changes) => {
  const { sentences, rows } = comparisonOf({ ...PLAIN, ...changes });
  expect(sentences.slice(0, 2)).toEqual([
    'The client sent the same packets in both, and the same were lost.',
    'The server sent the same packets too.',
  ]);
  for (const { model, kernel } of rows) expect(kernel).toBe(model);
});

it('names the first packet that is not the same, and how much later the end was', () => {
  const found = comparisonOf(PLAIN, (run) => ({ ...run, loses: { ...run.loses, up: [7] } }));
  expect(found.sentences[0]).toMatch(
    /^The first 5 packets of the client are the same\. Its packet 6 is not: the model sends data 4345 to 5792 at [\d.]+ ms, which is lost, the kernel sends data 4345 to 5792 at [\d.]+ ms\.$/,
  );
});

it('says by how much the last byte came later', () => {
  const slow = (run: LinkRun): LinkRun => ({ ...run, link: { ...run.link, delayMs: 30 } });
  const found = comparisonOf({ ...PLAIN, loss: 'none' }, slow);
  const { model, kernel } = rowOf(found, 'All of them had arrived at') ?? {};
  const off = Number.parseFloat(kernel ?? '') - Number.parseFloat(model ?? '');
  expect(off).toBeGreaterThan(20);
  expect(found.sentences[2]).toMatch(
    /^On the kernel the last byte was there [\d.]+ ms later \([\d.]+ %\) than in the model\.$/,
  );
  expect(found.sentences[2]).toContain(`${off.toFixed(1)} ms later`);
});

it('compares the lanes of both kinds, with the losses of the clock by their ordinals', () => {
  const params = { workload: 'call', trouble: 'burst', delay: '20', seed: '1', beside: 'recorded' };
  const lanes = besideLanes.lanes(params);
  const kernels = lanes.map(({ lane, run }) => ({
    beside: lane,
    provenance: 'observed' as const,
    records: recordsOf(run),
  }));
  const found = comparisonsOf(besideModel(simulateLanes(params), kernels));
  expect(found.map(({ title }) => title)).toEqual(['UDP', 'TCP']);
  expect(found[0]?.sentences).toEqual([
    'The same datagrams left in both, and the same were lost. Nobody sent one again.',
  ]);
  expect(found[0]?.rows[1]).toEqual({ label: 'Lost on the way', model: '3', kernel: '3' });
  expect(found[1]?.sentences[0]).toBe(
    'The client sent the same packets in both, and the same were lost.',
  );
});

it('says why a kernel cannot run it', () => {
  expect(besideTcp.lanes({ ...PLAIN, reader: 'pauses' })).toMatch(/^[A-Z].*\.$/);
});

it('compares nothing where all is of one source', () => {
  expect(comparisonsOf(simulateTcp(PLAIN))).toEqual([]);
});
