import { expect, it } from 'vitest';
import { packetLayers } from '../capture/packet-layers.ts';
import { createPacketCapture } from '../capture/packets.ts';
import { millis } from '../lib/time.ts';
import { recordPackets } from './simulate.ts';
import { linkOf, scenarioOf, sends } from './testing/scenarios.ts';

type Options = Parameters<typeof scenarioOf>[0];

function runOf(options: Options) {
  let read = 0;
  const { records } = recordPackets(scenarioOf({ isEthernet: true, ...options }), {
    onRead: (_, __, bytes) => {
      read += bytes.length;
    },
  });
  const lines = records.map(({ from, leftAt, lostTo, bytes, linkType = -1 }) => {
    const layers = packetLayers(linkType, bytes);
    const protocols = layers.map(({ protocol }) => protocol).join(' ');
    const problems = layers.flatMap((layer) => layer.problems);
    expect(problems).toEqual([]);
    return `${leftAt / 1_000} ${from} ${protocols} ${lostTo ?? 'arrives'}: ${layers.at(-1)?.summary}`;
  });
  return { read, records, lines };
}

it('asks who has the address, then sends what waited; who was asked need not ask', () => {
  const { lines, read, records } = runOf({ client: sends(5_000), up: linkOf([], { rate: 1e9 }) });
  expect(lines[0]).toBe('0 client ethernet arp arrives: who has 10.0.0.2? Tell 10.0.0.1');
  expect(lines[1]).toMatch(/^20 server ethernet arp arrives: 10\.0\.0\.2 is at 02:00:00:00:00:02$/);
  expect(lines[2]).toMatch(/^40\.\d+ client ethernet ip tcp arrives: /);
  expect(lines.filter((line) => line.includes(' arp '))).toHaveLength(2);
  expect(read).toBe(5_000);
  const { connections } = createPacketCapture(records, 'modelled');
  expect(connections.map(({ client }) => client.address)).toEqual(['10.0.0.1', '10.0.0.1']);
});

it('asks again after a second, three times, and gives the packets up', () => {
  const lost = (...which: number[]) => linkOf([{ name: 'drop-exactly', params: { which } }]);
  const { lines, read } = runOf({ client: sends(100), up: lost(1) });
  expect(lines.slice(0, 2).map((line) => line.split(':')[0])).toEqual([
    '0 client ethernet arp drop-exactly',
    '1000 client ethernet arp arrives',
  ]);
  expect(read).toBe(100);
  const dead = runOf({ client: sends(100), up: linkOf([{ name: 'loss', params: { rate: 100 } }]) });
  expect(dead.lines.every((line) => line.includes(' arp loss'))).toBe(true);
  expect(dead.lines.slice(0, 4).map((line) => Number.parseFloat(line))).toEqual([
    ...[0, 1000, 2000], // then the next SYN that is sent asks anew
    expect.any(Number),
  ]);
});

it('carries as much as without frames, also past a router and over IPv6', () => {
  const narrow = linkOf([], { mtu: 1300 });
  const { lines, read, records } = runOf({ client: sends(20_000), up: narrow });
  expect(read).toBe(20_000);
  expect(lines.some((line) => line.includes('router ethernet ip icmp'))).toBe(true);
  const arrived = records.filter(({ arrivedAt }) => arrivedAt !== undefined);
  expect(Math.max(...arrived.map(({ bytes }) => bytes.length))).toBe(1314);
  const six = runOf({ client: sends(20_000), addresses: ['2001:db8::1', '2001:db8::2'] });
  expect(six.read).toBe(20_000);
  expect(six.lines[0]).toMatch(/^0 client ethernet ip/);
});

it('drops what is damaged at the card, before any checksum of TCP', () => {
  const damaging = linkOf([{ name: 'corrupt', params: { rate: 5 } }]);
  for (let seed = 1; seed <= 10; seed++) {
    const { read } = runOf({ seed, client: sends(60_000), up: damaging, down: damaging });
    expect(read).toBe(60_000);
  }
});

it('delays a datagram until the answer, and keeps the order', () => {
  const datagrams = [0, 1, 2].map((at) => ({
    at: millis(at),
    bytes: 10 + at,
    from: 'client' as const,
  }));
  const { lines } = runOf({ flows: [{ kind: 'udp', datagrams }] });
  const sent = lines.filter((line) => line.includes(' udp '));
  expect(sent).toHaveLength(3);
  expect(new Set(sent.map((line) => Number.parseFloat(line))).size).toBe(1);
});
