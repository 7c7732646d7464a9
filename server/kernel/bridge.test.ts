// However a stream of packets is cut on its way, the same packets come out.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildIpv4 } from '../../src/wire/ipv4.ts';
import { buildIpv6 } from '../../src/wire/ipv6.ts';
import { packetCutter } from './bridge.ts';

const EMPTY = new Uint8Array(0);
const four = (payload: Uint8Array) =>
  buildIpv4({
    source: '10.0.0.1',
    destination: '10.0.0.2',
    protocol: 17,
    ttl: 64,
    id: 0,
    flags: 2,
    fragmentOffset: 0,
    trafficClass: 0,
    options: EMPTY,
    payload,
  });
const six = (payload: Uint8Array) =>
  buildIpv6({
    source: 'fe80::1',
    destination: 'fe80::2',
    nextHeader: 17,
    hopLimit: 64,
    trafficClass: 0,
    flowLabel: 0,
    payload,
  });
const packet = fc
  .tuple(fc.boolean(), fc.uint8Array({ maxLength: 60 }))
  .map(([isSix, payload]) => (isSix ? six(payload) : four(payload)));

it('cuts at the lengths that the packets give', () => {
  fc.assert(
    fc.property(fc.array(packet), fc.integer({ min: 1, max: 50 }), (packets, size) => {
      const stream = Buffer.concat(packets);
      const got: Uint8Array[] = [];
      const cut = packetCutter((one) => got.push(one));
      for (let at = 0; at < stream.length; at += size) cut(stream.subarray(at, at + size));
      expect(got).toEqual(packets);
    }),
  );
});

it('says so when what comes is no IP packet', () => {
  expect(() => packetCutter(() => {})(Buffer.from('POST / HTTP/1.1'))).toThrow('no IP packet');
});
