import { describe, expect, it } from 'vitest';
import { LINK } from '../capture/link-types.ts';
import { packetLayers } from '../capture/packet-layers.ts';
import { millis } from '../lib/time.ts';
import { fieldValue } from '../wire/layer.ts';
import type { UdpFlow } from './scenario.ts';
import { recordPackets } from './simulate.ts';
import { linkOf, scenarioOf, sends } from './testing/scenarios.ts';

const narrow = linkOf([], { mtu: 1300 });
const SIX = ['2001:db8::1', '2001:db8::2'] as const;
const datagram = (bytes: number, ...times: number[]): UdpFlow => ({
  kind: 'udp',
  datagrams: times.map((at) => ({ at: millis(at), bytes, from: 'client' })),
});

function runOf(scenario: Parameters<typeof recordPackets>[0]) {
  const read: number[] = [];
  const { records } = recordPackets(scenario, {
    onRead: (_, __, bytes) => void read.push(bytes.length),
  });
  const lines = records.map(({ from, lostTo, bytes, why }) => {
    const summary = packetLayers(LINK.raw, bytes).at(-1)?.summary;
    return `${from} ${bytes.length} ${lostTo ?? 'arrives'}: ${why} (${summary})`;
  });
  return { read, records, lines };
}

describe.each([
  ['IPv4', undefined],
  ['IPv6', SIX],
] as const)('a path too narrow for TCP over %s', (_, addresses) => {
  const options = {
    up: narrow,
    down: narrow,
    client: sends(30_000),
    ...(addresses && { addresses }),
  };

  it.each(['linux', 'textbook'] as const)('is found out by the router’s answer (%s)', (profile) => {
    const { read, records, lines } = runOf(scenarioOf({ ...options, profile }));
    expect(read.reduce((sum, one) => sum + one, 0)).toBe(30_000);
    const tooBig = records.filter(({ lostTo }) => lostTo === 'too big');
    expect(tooBig).toHaveLength(10); // the first flight, sent before the first answer
    expect(lines.filter((line) => line.startsWith('router'))).toHaveLength(10);
    expect(lines.find((line) => line.startsWith('router'))).toContain('at most 1300 bytes');
    const others = records.filter(({ lostTo }) => lostTo === undefined);
    expect(Math.max(...others.map(({ bytes }) => bytes.length))).toBe(1300);
    expect(lines.some((line) => line.includes('retransmission in shorter pieces'))).toBe(true);
    expect(lines.some((line) => line.includes('after timeout'))).toBe(false);
  });
});

describe('a datagram longer than the path', () => {
  it('is lost once, then cut by the host, over IPv4 and IPv6', () => {
    for (const addresses of [['10.0.0.1', '10.0.0.2'], SIX] as const) {
      const flows = [datagram(1_400, 0, 10)];
      const { read, lines } = runOf(scenarioOf({ flows, up: narrow, addresses }));
      expect(read).toEqual([1_400]);
      expect(lines[0]).toContain('too big: datagram');
      expect(lines[1]).toContain('router');
      expect(lines.slice(2)).toHaveLength(2);
      for (const line of lines.slice(2)) expect(line).toContain('arrives: fragment of: datagram');
    }
  });

  it('is cut by the router where the host allows it', () => {
    const flows = [datagram(1_400, 0)];
    const { read, records } = runOf(scenarioOf({ flows, up: narrow, forbidsCutting: false }));
    expect(read).toEqual([1_400]);
    const pieces = records.map(({ bytes }) => {
      const [ip] = packetLayers(LINK.raw, bytes);
      return ip && [fieldValue(ip, 'ip.frag_offset'), fieldValue(ip, 'ip.flags.mf'), bytes.length];
    });
    expect(pieces).toEqual([
      [0, true, 1300],
      [1280, false, 148],
    ]);
  });

  it('is whole or not at all: with one fragment lost nothing is read', () => {
    const up = linkOf([{ name: 'drop-exactly', params: { which: [2] } }]);
    expect(runOf(scenarioOf({ flows: [datagram(4_000, 0)], up })).read).toEqual([]);
    expect(runOf(scenarioOf({ flows: [datagram(4_000, 0)] })).read).toEqual([4_000]);
  });
});

it('says so when nobody listens at a port (RFC 1122 §4.1.3.1)', () => {
  for (const addresses of [['10.0.0.1', '10.0.0.2'], SIX] as const) {
    const flows = [{ ...datagram(10, 0), isRefused: true }];
    const { lines } = runOf(scenarioOf({ flows, addresses }));
    expect(lines[1]).toContain('port unreachable (destination unreachable)');
  }
});
