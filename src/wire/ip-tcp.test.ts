import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bytes } from '../lib/bytes.ts';
import { dissectIp, IP_FIELDS, ipPayload, pseudoHeader } from './ip.ts';
import { formatAddress, parseAddress } from './ip-address.ts';
import { buildIpv4, readIpv4 } from './ipv4.ts';
import { buildIpv6, readIpv6 } from './ipv6.ts';
import { fieldValue, type Layer } from './layer.ts';
import { buildTcp, dissectTcp, readTcp, TCP_FIELDS } from './tcp.ts';

const bytesOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const options = fc.constantFrom(0, 4, 8, 40).chain(bytesOf);
const payload = fc.uint8Array({ maxLength: 40 });
const u16 = fc.nat(0xffff);
const u32 = fc.nat(0xffff_ffff);
const byte = fc.nat(255);
const v4 = bytesOf(4).map(formatAddress);
const v6 = bytesOf(16).map(formatAddress);

const segment = fc.record({
  sourcePort: u16,
  destinationPort: u16,
  seq: u32,
  ack: u32,
  flags: fc.nat(0xfff),
  window: u16,
  urgent: u16,
  options,
  payload,
});

function expectInside({ fields, problems, range }: Layer, bytes: Bytes, start: number): void {
  for (const part of [...fields, ...problems, { range }]) {
    expect(part.range[0]).toBeGreaterThanOrEqual(start);
    expect(part.range[1]).toBeGreaterThanOrEqual(part.range[0]);
    expect(part.range[1]).toBeLessThanOrEqual(bytes.length);
  }
}

describe.each([
  ['ip', dissectIp],
  ['tcp', dissectTcp],
] as const)('dissecting %s', (_, dissect) => {
  it('survives any bytes and never points outside them', () => {
    const versioned = fc.tuple(fc.constantFrom(0x45, 0x46, 0x60), payload, payload);
    const any = fc.oneof(
      payload,
      versioned.map(([first, a, b]) => Uint8Array.of(first, ...a, ...b)),
    );
    fc.assert(
      fc.property(any, fc.nat(4), (bytes, offset) => {
        const start = Math.min(offset, bytes.length);
        const layer = dissect(bytes, [start, bytes.length]);
        expectInside(layer, bytes, start);
        if (layer.protocol === 'ip') ipPayload(bytes, layer);
      }),
    );
  });
});

it('builds what it read: IPv4, IPv6 and TCP, with right checksums and no byte unexplained', () => {
  const ip4 = fc.record({
    source: v4,
    destination: v4,
    protocol: byte,
    ttl: byte,
    id: u16,
    flags: fc.nat(7),
    fragmentOffset: fc.nat(0x1fff),
    trafficClass: byte,
    options,
    payload,
  });
  const ip6 = fc.record({
    source: v6,
    destination: v6,
    nextHeader: byte,
    hopLimit: byte,
    trafficClass: byte,
    flowLabel: fc.nat(0xf_ffff),
    payload,
  });
  fc.assert(
    fc.property(ip4, ip6, segment, (four, six, tcp) => {
      expect(readIpv4(buildIpv4(four))).toEqual(four);
      expect(readIpv6(buildIpv6(six))).toEqual(six);
      const length = 20 + tcp.options.length + tcp.payload.length;
      const pseudo = pseudoHeader(new Uint8Array(4), new Uint8Array(4), 6, length);
      const bytes = buildTcp(tcp, pseudo);
      expect(readTcp(bytes)).toEqual(tcp);
      const layer = dissectTcp(bytes, [0, bytes.length], pseudo);
      expect(layer.problems.filter(({ code }) => code !== 'tcp/bad-option')).toEqual([]);
      expect(dissectIp(buildIpv4(four), [0, buildIpv4(four).length]).problems).toEqual([]);
      const covered = new Set<number>();
      for (const { range } of [...layer.fields, ...layer.problems]) {
        for (let at = range[0]; at < range[1]; at++) covered.add(at);
      }
      expect(covered.size).toBe(bytes.length);
    }),
  );
});

it('names the fields as Wireshark does, and notices a changed byte', () => {
  const pseudo = new Uint8Array(12);
  const none = new Uint8Array(0);
  const numbers = { sourcePort: 51_034, destinationPort: 3001, seq: 7, ack: 9, flags: 0x12 };
  const bytes = buildTcp(
    { ...numbers, window: 1, urgent: 0, options: Uint8Array.of(2, 4, 5, 180), payload: none },
    pseudo,
  );
  const layer = dissectTcp(bytes, [0, 24], pseudo);
  expect(layer.summary).toBe('ACK, SYN 51034 to 3001');
  expect(fieldValue(layer, 'tcp.flags.syn')).toBe(true);
  expect(fieldValue(layer, 'tcp.options.mss_val')).toBe(1460);
  bytes[5] = 1;
  expect(dissectTcp(bytes, [0, 24], pseudo).problems[0]?.code).toBe('tcp/bad-checksum');
  const keys = [...IP_FIELDS, ...TCP_FIELDS].map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});

it('writes IPv6 addresses as RFC 5952 does, and reads no nonsense', () => {
  const again = (text: string) => formatAddress(parseAddress(text) ?? new Uint8Array(0));
  expect(again('2001:0DB8:0:0:1:0:0:1')).toBe('2001:db8::1:0:0:1');
  expect([again('::'), again('::1'), again('::ffff:10.0.0.1')]).toEqual([
    '::',
    '::1',
    '::ffff:10.0.0.1',
  ]);
  for (const text of ['', '1.2.3', '1.2.3.256', '1::2::3', '1:2:3:4:5:6:7:8:9', 'x::']) {
    expect(parseAddress(text)).toBeUndefined();
  }
});
