// One IPv4 packet (RFC 791): reading, explaining and building its header. Does not join fragments.
import { type ByteRange, type Bytes, concat, putU16, u8, u16 } from '../lib/bytes.ts';
import { checksum } from '../lib/checksum.ts';
import { formatAddress, parseAddress } from './ip-address.ts';
import { IPV4 } from './ip-fields.ts';
import type { Field, FieldSpec, FieldValue, Problem } from './layer.ts';

const HEADER = 20;

export interface Ipv4 {
  readonly source: string;
  readonly destination: string;
  readonly protocol: number;
  readonly ttl: number;
  readonly id: number;
  /** Reserved, DF and MF in one number, reserved the most significant. */
  readonly flags: number;
  /** In units of eight bytes. */
  readonly fragmentOffset: number;
  /** DSCP and ECN. */
  readonly trafficClass: number;
  /** A multiple of four bytes, at most 40. */
  readonly options: Bytes;
  readonly payload: Bytes;
}

/** Where the packet's header and payload end; `undefined` when its lengths contradict the bytes. */
export function ipv4Ends(
  bytes: Bytes,
  [start, end]: ByteRange,
): readonly [number, number] | undefined {
  if (end - start < HEADER) return undefined;
  const header = start + (u8(bytes, start) & 15) * 4;
  const stop = start + u16(bytes, start + 2);
  return header >= start + HEADER && stop >= header && stop <= end ? [header, stop] : undefined;
}

/** `undefined` unless `bytes` begin with one whole packet. */
export function readIpv4(bytes: Bytes): Ipv4 | undefined {
  const ends = ipv4Ends(bytes, [0, bytes.length]);
  if (!ends || u8(bytes, 0) >> 4 !== 4) return undefined;
  const [header, stop] = ends;
  return {
    source: formatAddress(bytes.subarray(12, 16)),
    destination: formatAddress(bytes.subarray(16, 20)),
    protocol: u8(bytes, 9),
    ttl: u8(bytes, 8),
    id: u16(bytes, 4),
    flags: u8(bytes, 6) >> 5,
    fragmentOffset: u16(bytes, 6) & 0x1fff,
    trafficClass: u8(bytes, 1),
    options: bytes.slice(HEADER, header),
    payload: bytes.slice(header, stop),
  };
}

/** Throws a RangeError for what no IPv4 packet can hold: the caller's bug. */
export function buildIpv4(packet: Ipv4): Bytes {
  const [source, destination] = [parseAddress(packet.source), parseAddress(packet.destination)];
  const length = HEADER + packet.options.length;
  if (source?.length !== 4 || destination?.length !== 4) {
    throw new RangeError(`not IPv4 addresses: ${packet.source}, ${packet.destination}`);
  }
  if (length > 60 || length % 4 !== 0 || length + packet.payload.length > 0xffff) {
    throw new RangeError(`${packet.options.length} + ${packet.payload.length} bytes do not fit`);
  }
  const header = new Uint8Array(length);
  header[0] = 0x40 | (length / 4);
  header[1] = packet.trafficClass;
  putU16(header, 2, length + packet.payload.length);
  putU16(header, 4, packet.id);
  putU16(header, 6, (packet.flags << 13) | packet.fragmentOffset);
  header[8] = packet.ttl;
  header[9] = packet.protocol;
  header.set(source, 12);
  header.set(destination, 16);
  header.set(packet.options, HEADER);
  putU16(header, 10, checksum(header));
  return concat(header, packet.payload);
}

/** The fields of a header known to be at least 20 bytes long. */
export function ipv4Fields(bytes: Bytes, start: number, headerEnd: number): Field[] {
  const fields: Field[] = [];
  const add = (
    spec: FieldSpec,
    at: number,
    length: number,
    value: FieldValue,
    bits?: [number, number],
  ) =>
    fields.push({ spec, range: [start + at, start + at + length], value, ...(bits && { bits }) });
  const [first, second, flags] = [u8(bytes, start), u8(bytes, start + 1), u8(bytes, start + 6)];
  add(IPV4.version, 0, 1, first >> 4, [0, 4]);
  add(IPV4.headerLength, 0, 1, (first & 15) * 4, [4, 8]);
  add(IPV4.dscp, 1, 1, second >> 2, [0, 6]);
  add(IPV4.ecn, 1, 1, second & 3, [6, 8]);
  add(IPV4.length, 2, 2, u16(bytes, start + 2));
  add(IPV4.id, 4, 2, u16(bytes, start + 4));
  add(IPV4.reserved, 6, 1, (flags & 0x80) !== 0, [0, 1]);
  add(IPV4.dontFragment, 6, 1, (flags & 0x40) !== 0, [1, 2]);
  add(IPV4.moreFragments, 6, 1, (flags & 0x20) !== 0, [2, 3]);
  add(IPV4.fragmentOffset, 6, 2, (u16(bytes, start + 6) & 0x1fff) * 8, [3, 16]);
  add(IPV4.ttl, 8, 1, u8(bytes, start + 8));
  add(IPV4.protocol, 9, 1, u8(bytes, start + 9));
  add(IPV4.checksum, 10, 2, u16(bytes, start + 10));
  add(IPV4.source, 12, 4, formatAddress(bytes.subarray(start + 12, start + 16)));
  add(IPV4.destination, 16, 4, formatAddress(bytes.subarray(start + 16, start + 20)));
  const options = headerEnd - start - HEADER;
  if (options > 0) add(IPV4.options, HEADER, options, `${options} bytes`);
  return fields;
}

/** What the header's own checksum says. */
export function ipv4Problems(bytes: Bytes, start: number, headerEnd: number): Problem[] {
  if (checksum(bytes.subarray(start, headerEnd)) === 0) return [];
  const message = 'The checksum does not fit the header: a byte of it was changed.';
  return [{ code: 'ip/bad-checksum', message, range: [start + 10, start + 12] }];
}
