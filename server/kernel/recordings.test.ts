// The recordings of the kernel: each can be read and holds what its conditions say; and where the kernel can
// be run, a new recording agrees with the old one in all that must not differ.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PacketRecord } from '../../src/capture/packets.ts';
import { readTransitFile } from '../../src/capture/transit-file.ts';
import { completionOf, retransmissionsOf, stepsOf } from '../../src/sim/run-comparison.ts';
import { RECORDINGS, record, scenarioOfRecording } from './recordings.ts';
import { whyNoKernelLink } from './rights.ts';

const file = (name: string) => readFileSync(`content/captures/${name}`);
const shipped = (name: string) => readTransitFile(new Uint8Array(file(`${name}.pcapng`)));
const lostOf = (records: readonly PacketRecord[], from: string) =>
  records.filter((one) => one.from === from).map(({ lostTo }) => lostTo ?? 'arrived');
/** What the client's program sent for the first time, whatever came again in between. */
const firstSent = (records: readonly PacketRecord[]) => {
  const seen = new Set<number>();
  return stepsOf(records).flatMap(({ from, seq, length }) => {
    if (from !== 'client' || length === 0 || seen.has(seq)) return [];
    seen.add(seq);
    return [[seq, length]];
  });
};

describe.each(Object.entries(RECORDINGS))('%s', (name, recording) => {
  const records = shipped(name);

  it('was made under the conditions that the list gives', () => {
    const { conditions } = JSON.parse(file(`${name}.json`).toString());
    const { seed, up, down } = scenarioOfRecording(recording);
    expect(conditions).toMatchObject({ seed, up, down });
  });

  it('arrived whole, or with the holes that were asked for', () => {
    const { flow, up } = recording;
    if (flow.kind === 'udp') {
      expect(lostOf(records, 'client').filter((fate) => fate === 'drop-exactly')).toHaveLength(2);
      return;
    }
    const [write] = flow.client.writes;
    const steps = stepsOf(records);
    expect(completionOf(steps, Number(write?.bytes))).toBeGreaterThan(60_000);
    expect(retransmissionsOf(steps).length > 0).toBe(up !== undefined);
  });
});

const why = whyNoKernelLink();

if (why === undefined) {
  it.each(['kernel-tcp-middle', 'kernel-udp-loss'])('%s is the same again', async (name) => {
    const recording = RECORDINGS[name];
    if (!recording) throw new Error(`no recording ${name}`);
    const { records } = await record(scenarioOfRecording(recording));
    const old = shipped(name);
    // Times differ with the machine, and with them acknowledgements and what a timer sends again.
    expect(firstSent(records)).toEqual(firstSent(old));
    const both = Math.min(lostOf(records, 'client').length, lostOf(old, 'client').length);
    expect(lostOf(records, 'client').slice(0, both)).toEqual(lostOf(old, 'client').slice(0, both));
    const again = (one: readonly PacketRecord[]) => retransmissionsOf(stepsOf(one))[0]?.seq;
    expect(again(records)).toBe(again(old));
  });
} else {
  it(`not recorded again: ${why}`, () => {
    process.stderr.write(`The kernel's recordings were not made again: ${why}\n`);
    expect(why).toMatch(/^[A-Z].*\.$/);
  });
}
