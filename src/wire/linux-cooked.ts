// The headers that Linux puts before a packet when it captures on all interfaces at once (LINUX_SLL
// and LINUX_SLL2), and the loopback header of BSD and macOS (NULL, LOOP): reading and explaining.

import { type ByteRange, type Bytes, u8, u16, u32 } from '../lib/bytes.ts';
import {
  ETHER_TYPE,
  etherTypeMeaning,
  formatMac,
  type LinkDissection,
  type LinkPayload,
} from './ether-type.ts';
import type { Field, FieldSpec, FieldValue } from './layer.ts';
import { COOKED, LOOPBACK } from './link-fields.ts';

const HEADER = { 1: 16, 2: 20 } as const;
const PACKET_TYPES = [
  'to this host',
  'to everybody',
  'to a group',
  'to another host',
  'sent by this host',
];

/** What follows the header; `undefined` when the packet is too short. */
export function cookedPayload(
  bytes: Bytes,
  start: number,
  end: number,
  version: 1 | 2,
): LinkPayload | undefined {
  const at = start + HEADER[version];
  if (at > end) return undefined;
  return { etherType: u16(bytes, version === 1 ? start + 14 : start), at };
}

/** Total: any bytes give a layer. */
export function dissectCooked(
  bytes: Bytes,
  [start, end]: ByteRange,
  version: 1 | 2,
): LinkDissection {
  const layer = { protocol: 'linux-cooked', source: 0, range: [start, end] } as const;
  const payload = cookedPayload(bytes, start, end, version);
  if (!payload) {
    const message = `A cooked header needs ${HEADER[version]} bytes, only ${end - start} arrived.`;
    const problems = [{ code: 'cooked/truncated', message, range: [start, end] }] as const;
    return { layer: { ...layer, summary: 'Linux cooked, unreadable', fields: [], problems } };
  }
  const fields = version === 1 ? fieldsOf1(bytes, start) : fieldsOf2(bytes, start);
  const type = fields.find(({ spec }) => spec === COOKED.packetType)?.meaning ?? '';
  const summary = `${etherTypeMeaning(payload.etherType)} ${type}`.trim();
  return { layer: { ...layer, summary, fields, problems: [] }, payload };
}

const at = (
  spec: FieldSpec,
  start: number,
  length: number,
  value: FieldValue,
  meaning?: string,
): Field => ({
  spec,
  range: [start, start + length],
  value,
  ...(meaning === undefined ? {} : { meaning }),
});

/** The address of up to eight bytes, and what fills it up. */
function addressFields(bytes: Bytes, start: number, length: number): Field[] {
  const used = Math.min(8, length);
  const fields: Field[] = [];
  const address = formatMac(bytes.subarray(start, start + used));
  if (used > 0) fields.push(at(COOKED.source, start, used, address));
  const rest = formatMac(bytes.subarray(start + used, start + 8));
  if (used < 8) fields.push(at(COOKED.unused, start + used, 8 - used, rest));
  return fields;
}

function fieldsOf1(bytes: Bytes, start: number): Field[] {
  const [type, length, protocol] = [
    u16(bytes, start),
    u16(bytes, start + 4),
    u16(bytes, start + 14),
  ];
  return [
    at(COOKED.packetType, start, 2, type, PACKET_TYPES[type]),
    at(COOKED.hardwareType, start + 2, 2, u16(bytes, start + 2)),
    at(COOKED.addressLength, start + 4, 2, length),
    ...addressFields(bytes, start + 6, length),
    at(COOKED.protocol, start + 14, 2, protocol, etherTypeMeaning(protocol)),
  ];
}

function fieldsOf2(bytes: Bytes, start: number): Field[] {
  const [protocol, type, length] = [
    u16(bytes, start),
    u8(bytes, start + 10),
    u8(bytes, start + 11),
  ];
  return [
    at(COOKED.protocol, start, 2, protocol, etherTypeMeaning(protocol)),
    at(COOKED.reserved, start + 2, 2, u16(bytes, start + 2)),
    at(COOKED.interfaceIndex, start + 4, 4, u32(bytes, start + 4)),
    at(COOKED.hardwareType, start + 8, 2, u16(bytes, start + 8)),
    at(COOKED.packetType, start + 10, 1, type, PACKET_TYPES[type]),
    at(COOKED.addressLength, start + 11, 1, length),
    ...addressFields(bytes, start + 12, length),
  ];
}

/** The address families of Linux, the BSDs and macOS. */
const FAMILIES: ReadonlyMap<number, number> = new Map([
  [2, ETHER_TYPE.ipv4],
  [10, ETHER_TYPE.ipv6],
  [24, ETHER_TYPE.ipv6],
  [28, ETHER_TYPE.ipv6],
  [30, ETHER_TYPE.ipv6],
]);

/** The family is in the byte order of the host that captured: the order that makes it small is right. */
function familyOf(bytes: Bytes, start: number): number {
  const big = u32(bytes, start);
  const little =
    ((big & 0xff) << 24) | ((big & 0xff00) << 8) | ((big >>> 8) & 0xff00) | (big >>> 24);
  return Math.min(big, little >>> 0);
}

/** What follows the four bytes; `undefined` where they say no version of IP. */
export function loopbackPayload(bytes: Bytes, start: number, end: number): LinkPayload | undefined {
  const etherType = end - start < 4 ? undefined : FAMILIES.get(familyOf(bytes, start));
  return etherType === undefined ? undefined : { etherType, at: start + 4 };
}

/** Total: any bytes give a layer. */
export function dissectLoopback(bytes: Bytes, [start, end]: ByteRange): LinkDissection {
  const layer = { protocol: 'loopback', source: 0, range: [start, end] } as const;
  if (end - start < 4) {
    const message = `A loopback header needs 4 bytes, only ${end - start} arrived.`;
    const problems = [{ code: 'loopback/truncated', message, range: [start, end] }] as const;
    return { layer: { ...layer, summary: 'loopback, unreadable', fields: [], problems } };
  }
  const payload = loopbackPayload(bytes, start, end);
  const meaning = payload ? etherTypeMeaning(payload.etherType) : 'unknown';
  const fields = [at(LOOPBACK.family, start, 4, familyOf(bytes, start), meaning)];
  const made = { ...layer, summary: `${meaning} inside the host`, fields, problems: [] };
  return { layer: made, ...(payload && { payload }) };
}
