// tshark as the judge: it finds nothing malformed in what the simulator sends, and its own analysis
// of TCP agrees with the simulator's account.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writePacketFile } from '../capture/packets.ts';
import { millis } from '../lib/time.ts';
import { TCP_FLAG } from '../wire/tcp.ts';
import { recordPackets } from './simulate.ts';
import type { Segment } from './tcp/segment.ts';
import { linkOf, scenarioOf, sends } from './testing/scenarios.ts';

const TSHARK = '/usr/bin/tshark';
/** tshark itself takes seconds to start where other programs keep the machine busy. */
const PATIENCE = { timeout: 120_000 };

function tshark(file: Uint8Array, ...args: string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'wirelight-'));
  try {
    const path = join(folder, 'a.pcapng');
    writeFileSync(path, file);
    const checks = ['tcp', 'udp', 'ip'].flatMap((one) => ['-o', `${one}.check_checksum:TRUE`]);
    const run = spawnSync(TSHARK, ['-r', path, ...checks, ...args], { encoding: 'utf8' });
    expect(run.status).toBe(0);
    return run.stdout.split('\n').filter((line) => line !== '');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A packet that ICMP quotes is cut short, so its checksum cannot fit; tshark does not mind that. */
const BAD_QUOTABLE =
  '_ws.malformed || tcp.checksum.status==0 || udp.checksum.status==0 || ip.checksum.status==0';
const BAD = `((${BAD_QUOTABLE}) && !icmp && !icmpv6) || icmp.checksum.status==0 || icmpv6.checksum.status==0`;
const ANALYSIS = [
  'retransmission',
  'out_of_order',
  'duplicate_ack',
  'zero_window',
  'zero_window_probe',
  'window_update',
  'keep_alive',
];

/** Each packet's own reason, and what tshark says of it. */
function judged(file: Uint8Array): { why: string; says: ReadonlySet<string> }[] {
  const fields = ANALYSIS.flatMap((name) => ['-e', `tcp.analysis.${name}`]);
  const lines = tshark(file, '-Y', 'tcp', '-T', 'fields', '-e', 'frame.comment', ...fields);
  return lines.map((line) => {
    const [comment = '', ...values] = line.split('\t');
    const why = comment.replace(/^Modelled: (.*)\.$/, '$1');
    return { why, says: new Set(ANALYSIS.filter((_, i) => (values[i] ?? '') !== '')) };
  });
}

/** A segment that tells of a closed window. */
const closes = ({ flags, window }: Segment): boolean =>
  window === 0 && (flags & (TCP_FLAG.SYN | TCP_FLAG.FIN | TCP_FLAG.RST)) === 0;

const lossy = linkOf([{ name: 'loss', params: { rate: 3 } }]);
const RUNS = {
  'Linux, loss': scenarioOf({ seed: 5, client: sends(300_000), up: lossy }),
  'Linux, loss both ways, IPv6': scenarioOf({
    seed: 6,
    client: sends(200_000),
    server: sends(50_000),
    up: lossy,
    down: lossy,
    addresses: ['2001:db8::1', '2001:db8::2'],
  }),
  'Linux, loss, over Ethernet': scenarioOf({
    seed: 8,
    client: sends(200_000),
    up: lossy,
    isEthernet: true,
  }),
  'the book, loss': scenarioOf({ seed: 7, profile: 'textbook', client: sends(200_000), up: lossy }),
  'Linux, a reader that pauses': scenarioOf({
    client: sends(300_000),
    server: { ...sends(0), pauses: [{ from: millis(80), to: millis(4_000) }] },
  }),
  'the book, a reader that pauses': scenarioOf({
    profile: 'textbook',
    client: sends(300_000),
    server: { ...sends(0), pauses: [{ from: millis(80), to: millis(4_000) }] },
  }),
} as const;

describe.each(Object.entries(RUNS))('%s', (_, scenario) => {
  it('opens in tshark without a complaint, and tshark sees what the sender did', PATIENCE, () => {
    const why = existsSync(TSHARK) ? undefined : 'not run: tshark is not installed';
    if (why) {
      expect(why).toContain('not run');
      return;
    }
    let closed = 0;
    const { records } = recordPackets(scenario, {
      onPacket({ from, arrivedAt, packet: { carried } }) {
        const isSeen = from === 'client' || arrivedAt !== undefined;
        if (isSeen && carried.kind === 'tcp' && closes(carried.segment)) closed++;
      },
    });
    const file = writePacketFile(records, 'client', 'test');
    expect(tshark(file, '-Y', BAD)).toEqual([]);
    const packets = judged(file);
    expect(packets.length).toBeGreaterThan(100);
    expect(packets.filter(({ says }) => says.has('zero_window'))).toHaveLength(closed);
    for (const { why: reason, says } of packets) {
      const isAgain = /retransmission|tail loss/.test(reason);
      // Within a round trip of newer data tshark cannot tell the two apart, and says the latter.
      const isSeen = says.has('retransmission') || says.has('out_of_order');
      expect([reason, isSeen]).toEqual([reason, isAgain]);
      const isRepeat = reason === 'duplicate acknowledgement';
      expect([reason, says.has('duplicate_ack')]).toEqual([reason, isRepeat]);
      if (reason === 'window update') expect([...says]).toContain('window_update');
      if (reason === 'window probe') {
        expect(says.has('zero_window_probe') || says.has('keep_alive')).toBe(true);
      }
    }
  });
});

it('cuts packets and answers with ICMP as tshark expects', PATIENCE, () => {
  if (!existsSync(TSHARK)) return expect('not run: tshark is not installed').toContain('not run');
  const up = linkOf([], { mtu: 1300 });
  for (const addresses of [
    ['10.0.0.1', '10.0.0.2'],
    ['2001:db8::1', '2001:db8::2'],
  ] as const) {
    const datagrams = [0, 10].map((at) => ({
      at: millis(at),
      bytes: 4_000,
      from: 'client' as const,
    }));
    const flows = [
      { kind: 'udp' as const, datagrams },
      { kind: 'tcp' as const, at: millis(20), client: sends(20_000), server: sends(0) },
    ];
    const { records } = recordPackets(scenarioOf({ flows, up, addresses }));
    const file = writePacketFile(records, 'server', 'test');
    expect(tshark(file, '-Y', BAD)).toEqual([]);
    expect(
      tshark(file, '-Y', 'udp && (ip.reassembled.length || ipv6.reassembled.length)'),
    ).toHaveLength(addresses[0].includes(':') ? 1 : 2);
    const mine = writePacketFile(records, 'client', 'test');
    expect(tshark(mine, '-Y', BAD)).toEqual([]);
    const isTooBig = '(icmp.mtu==1300 && icmp.code==4) || icmpv6.mtu==1300';
    expect(tshark(mine, '-Y', isTooBig).length).toBeGreaterThan(1);
  }
  return undefined;
});

it('shows tshark a closed window wherever the simulator closed one', PATIENCE, () => {
  if (!existsSync(TSHARK)) return expect('not run: tshark is not installed').toContain('not run');
  const { records } = recordPackets(RUNS['the book, a reader that pauses']);
  const packets = judged(writePacketFile(records, 'client', 'test'));
  expect(packets.filter(({ says }) => says.has('zero_window')).length).toBeGreaterThan(0);
  expect(packets.some(({ why }) => why === 'window probe')).toBe(true);
});
