// The machine's own TCP over our link, where it may be used: what a kernel does with a handshake and a
// loss, that it loses what the model loses, and that nothing stays behind. Elsewhere it says why not.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import type { PacketRecord } from '../../src/capture/packets.ts';
import { readPacket } from '../../src/sim/packet.ts';
import { recordPackets } from '../../src/sim/simulate.ts';
import { linkOf, scenarioOf, sends } from '../../src/sim/testing/scenarios.ts';
import { TCP_FLAG } from '../../src/wire/tcp.ts';
import { runOnKernel } from './kernel-run.ts';
import { namesOfNamespaces, sweep } from './namespaces.ts';
import { whyNoKernelLink } from './rights.ts';

const BYTES = 50_000;
const DROPPED = 8;

function segmentOf({ bytes }: PacketRecord) {
  const carried = readPacket(bytes, '')?.carried;
  if (carried?.kind !== 'tcp') throw new Error('no intact TCP segment');
  return carried.segment;
}

const isMine = (name: string): boolean => name.startsWith(`wirelight-${process.pid}-`);
const lossesOf = (records: readonly PacketRecord[]) =>
  records.filter(({ from }) => from === 'client').map(({ lostTo }) => lostTo ?? 'arrived');

const why = whyNoKernelLink();

if (why === undefined) {
  it('a dropped packet of the real TCP is sent again, and nothing else is lost', async () => {
    const scenario = scenarioOf({
      client: sends(BYTES),
      up: linkOf([{ name: 'drop-exactly', params: { which: [DROPPED] } }]),
    });
    const { records, ends, isComplete } = await runOnKernel(scenario, { limit: 20_000 });
    expect(ends).toEqual({ client: { received: 0 }, server: { received: BYTES } });
    expect(isComplete).toBe(true);
    const [syn, synAck, ack] = records.map(segmentOf);
    expect([syn?.flags, synAck?.flags, ack?.flags]).toEqual([
      TCP_FLAG.SYN,
      TCP_FLAG.SYN | TCP_FLAG.ACK,
      TCP_FLAG.ACK,
    ]);
    expect(synAck?.ack).toBe(((syn?.seq ?? 0) + 1) >>> 0);
    expect(syn?.options.mss).toBe(1460);
    const sent = records.filter(({ from }) => from === 'client');
    expect(sent.flatMap(({ lostTo }, index) => (lostTo ? [[index + 1, lostTo]] : []))).toEqual([
      [DROPPED, 'drop-exactly'],
    ]);
    const lost = sent[DROPPED - 1] as PacketRecord;
    const { seq } = segmentOf(lost);
    const again = sent.filter((one) => one !== lost && segmentOf(one).seq === seq);
    expect(again.length).toBeGreaterThanOrEqual(1);
    // A round trip later at the earliest: nothing can tell the sender sooner.
    expect((again[0]?.leftAt ?? 0) - lost.leftAt).toBeGreaterThan(40_000);
    expect((await namesOfNamespaces()).filter(isMine)).toEqual([]);
  });

  it('the kernel and the model lose the very same packets', async () => {
    const faults = [{ name: 'loss', params: { rate: 20 } }];
    const scenario = scenarioOf({ seed: 7, client: sends(30_000), up: linkOf(faults) });
    const observed = lossesOf((await runOnKernel(scenario, { limit: 20_000 })).records);
    const modelled = lossesOf(recordPackets(scenario).records);
    const both = Math.min(observed.length, modelled.length);
    expect(both).toBeGreaterThan(20);
    expect(modelled.slice(0, both)).toContain('loss');
    expect(observed.slice(0, both)).toEqual(modelled.slice(0, both));
  });

  it('the next start removes what a killed owner left', async () => {
    const owner = spawn(process.execPath, [
      '--import',
      'tsx',
      `${import.meta.dirname}/testing/owner.ts`,
    ]);
    const line = await new Promise<string>((resolve) => {
      createInterface(owner.stdout)
        .once('line', resolve)
        .once('close', () => resolve('ended'));
    });
    expect(line).toBe('open');
    const isTheirs = (name: string): boolean => name.startsWith(`wirelight-${owner.pid}-`);
    const gone = new Promise((resolve) => owner.once('exit', resolve));
    owner.kill('SIGKILL');
    await gone;
    expect((await namesOfNamespaces()).filter(isTheirs)).toHaveLength(2);
    const removed = (await sweep()).filter(isTheirs);
    expect(removed).toHaveLength(3);
    expect((await namesOfNamespaces()).filter(isTheirs)).toEqual([]);
  });
} else {
  it(`no kernel link: ${why}`, () => {
    process.stderr.write(`The kernel's own TCP was not run: ${why}\n`);
    expect(why).toMatch(/^[A-Z].*\.$/);
  });
}
