// One Ethernet frame (IEEE 802.3) with its VLAN tags (802.1Q): building, reading and explaining. The
// frame check sequence is not in captures, so it is not here.

import { type ByteRange, type Bytes, concat, u16 } from '../lib/bytes.ts';
import {
  ETHER_TYPE,
  etherTypeMeaning,
  formatMac,
  type LinkDissection,
  type LinkPayload,
} from './ether-type.ts';
import type { Field, Layer } from './layer.ts';
import { ETHERNET, VLAN } from './link-fields.ts';

const HEADER = 14;
/** More tags than anybody stacks; what lies behind them is not looked at. */
const MAX_TAGS = 8;
/** A type field below this is a length (IEEE 802.3 §3.2.6). */
const LEAST_TYPE = 0x600;

const isTag = (type: number): boolean => type === ETHER_TYPE.vlan || type === ETHER_TYPE.qinq;

/** What follows the header and its tags; `undefined` when the frame is too short or has no EtherType. */
export function ethernetPayload(bytes: Bytes, start: number, end: number): LinkPayload | undefined {
  if (end - start < HEADER) return undefined;
  let etherType = u16(bytes, start + 12);
  let at = start + HEADER;
  for (let tags = 0; isTag(etherType); tags++) {
    if (at + 4 > end || tags === MAX_TAGS) return undefined;
    etherType = u16(bytes, at + 2);
    at += 4;
  }
  return etherType < LEAST_TYPE ? undefined : { etherType, at };
}

/** Total: any bytes give a layer. */
export function dissectEthernet(bytes: Bytes, [start, end]: ByteRange): LinkDissection {
  const payload = ethernetPayload(bytes, start, end);
  const fields: Field[] = [];
  const make = (
    stop: number,
    summary: string,
    problems: Layer['problems'] = [],
  ): LinkDissection => ({
    layer: { protocol: 'ethernet', source: 0, range: [start, stop], summary, fields, problems },
    ...(payload && { payload }),
  });
  if (end - start < HEADER) {
    const message = `An Ethernet header needs ${HEADER} bytes, only ${end - start} arrived.`;
    return make(end, 'Ethernet, unreadable', [
      { code: 'ethernet/truncated', message, range: [start, end] },
    ]);
  }
  const mac = (at: number) => formatMac(bytes.subarray(start + at, start + at + 6));
  fields.push({ spec: ETHERNET.destination, range: [start, start + 6], value: mac(0) });
  fields.push({ spec: ETHERNET.source, range: [start + 6, start + 12], value: mac(6) });
  let at = start + 12;
  for (let tags = 0; isTag(u16(bytes, at)) && at + 6 <= end && tags < MAX_TAGS; tags++) {
    fields.push(...tagFields(bytes, at));
    at += 4;
  }
  const type = u16(bytes, at);
  const range: ByteRange = [at, at + 2];
  const isLength = type < LEAST_TYPE;
  fields.push(
    isLength
      ? { spec: ETHERNET.length, range, value: type }
      : { spec: ETHERNET.type, range, value: type, meaning: etherTypeMeaning(type) },
  );
  return make(end, `${mac(6)} to ${mac(0)}`);
}

/** The type that announces the tag, and the tag. */
function tagFields(bytes: Bytes, at: number): Field[] {
  const type = u16(bytes, at);
  const tag = u16(bytes, at + 2);
  return [
    { spec: ETHERNET.type, range: [at, at + 2], value: type, meaning: etherTypeMeaning(type) },
    { spec: VLAN.priority, range: [at + 2, at + 3], value: tag >> 13, bits: [0, 3] },
    { spec: VLAN.dropEligible, range: [at + 2, at + 3], value: (tag & 0x1000) !== 0, bits: [3, 4] },
    { spec: VLAN.id, range: [at + 2, at + 4], value: tag & 0xfff, bits: [4, 16] },
  ];
}

/** A frame without tags; short ones are not padded, as a capture at their sender shows them. */
export function buildEthernet(
  destination: Bytes,
  source: Bytes,
  etherType: number,
  payload: Bytes,
): Bytes {
  return concat(destination, source, Uint8Array.of(etherType >> 8, etherType & 0xff), payload);
}
