// One IPv6 packet (RFC 8200): reading, explaining and building its fixed header. Extension headers
// are payload here; our own exports have none.
import { type ByteRange, type Bytes, concat, putU16, putU32, u8, u16, u32 } from '../lib/bytes.ts';
import { formatAddress, parseAddress } from './ip-address.ts';
import { IPV6 } from './ip-fields.ts';
import type { Field, FieldSpec, FieldValue } from './layer.ts';

const HEADER = 40;

export interface Ipv6 {
  readonly source: string;
  readonly destination: string;
  readonly nextHeader: number;
  readonly hopLimit: number;
  /** DSCP and ECN. */
  readonly trafficClass: number;
  /** 20 bits. */
  readonly flowLabel: number;
  readonly payload: Bytes;
}

/** Where header and payload end; `undefined` when the length contradicts the bytes. */
export function ipv6Ends(
  bytes: Bytes,
  [start, end]: ByteRange,
): readonly [number, number] | undefined {
  if (end - start < HEADER) return undefined;
  const stop = start + HEADER + u16(bytes, start + 4);
  return stop <= end ? [start + HEADER, stop] : undefined;
}

/** `undefined` unless `bytes` begin with one whole packet. */
export function readIpv6(bytes: Bytes): Ipv6 | undefined {
  const ends = ipv6Ends(bytes, [0, bytes.length]);
  if (!ends || u8(bytes, 0) >> 4 !== 6) return undefined;
  return {
    source: formatAddress(bytes.subarray(8, 24)),
    destination: formatAddress(bytes.subarray(24, 40)),
    nextHeader: u8(bytes, 6),
    hopLimit: u8(bytes, 7),
    trafficClass: (u16(bytes, 0) >> 4) & 0xff,
    flowLabel: u32(bytes, 0) & 0xf_ffff,
    payload: bytes.slice(...ends),
  };
}

/** Throws a RangeError for what no IPv6 packet can hold: the caller's bug. */
export function buildIpv6(packet: Ipv6): Bytes {
  const [source, destination] = [parseAddress(packet.source), parseAddress(packet.destination)];
  if (source?.length !== 16 || destination?.length !== 16) {
    throw new RangeError(`not IPv6 addresses: ${packet.source}, ${packet.destination}`);
  }
  if (packet.payload.length > 0xffff) {
    throw new RangeError(`${packet.payload.length} bytes do not fit`);
  }
  const header = new Uint8Array(HEADER);
  putU32(header, 0, 0x6000_0000 + (packet.trafficClass << 20) + packet.flowLabel);
  putU16(header, 4, packet.payload.length);
  header[6] = packet.nextHeader;
  header[7] = packet.hopLimit;
  header.set(source, 8);
  header.set(destination, 24);
  return concat(header, packet.payload);
}

/** The fields of a header known to be 40 bytes long. */
export function ipv6Fields(bytes: Bytes, start: number): Field[] {
  const fields: Field[] = [];
  const add = (
    spec: FieldSpec,
    at: number,
    length: number,
    value: FieldValue,
    bits?: [number, number],
  ) =>
    fields.push({ spec, range: [start + at, start + at + length], value, ...(bits && { bits }) });
  const first = u16(bytes, start);
  add(IPV6.version, 0, 1, first >> 12, [0, 4]);
  add(IPV6.dscp, 0, 2, (first >> 6) & 63, [4, 10]);
  add(IPV6.ecn, 1, 1, (first >> 4) & 3, [2, 4]);
  add(IPV6.flow, 1, 3, u32(bytes, start) & 0xf_ffff, [4, 24]);
  add(IPV6.payloadLength, 4, 2, u16(bytes, start + 4));
  add(IPV6.nextHeader, 6, 1, u8(bytes, start + 6));
  add(IPV6.hopLimit, 7, 1, u8(bytes, start + 7));
  add(IPV6.source, 8, 16, formatAddress(bytes.subarray(start + 8, start + 24)));
  add(IPV6.destination, 24, 16, formatAddress(bytes.subarray(start + 24, start + 40)));
  return fields;
}
