// Where the headers of a packet lie, and the few numbers of them that put streams together: read for
// every packet of a file, so it makes no fields and explains nothing.

import { type Bytes, u8, u16, u32 } from '../lib/bytes.ts';
import { ETHER_TYPE, type LinkPayload } from '../wire/ether-type.ts';
import { ethernetPayload } from '../wire/ethernet.ts';
import { formatAddress } from '../wire/ip-address.ts';
import { cookedPayload, loopbackPayload } from '../wire/linux-cooked.ts';
import { LINK } from './link-types.ts';

export const IP_PROTOCOL = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 } as const;

/** What follows the link-layer header; `undefined` where that is not known. */
export function linkPayload(
  linkType: number,
  bytes: Bytes,
  start: number,
  end: number,
): LinkPayload | undefined {
  switch (linkType) {
    case LINK.ethernet:
      return ethernetPayload(bytes, start, end);
    case LINK.cooked:
      return cookedPayload(bytes, start, end, 1);
    case LINK.cooked2:
      return cookedPayload(bytes, start, end, 2);
    case LINK.null:
    case LINK.loop:
      return loopbackPayload(bytes, start, end);
    case LINK.raw:
    case LINK.rawBsd:
    case LINK.rawOld:
    case LINK.ipv4:
    case LINK.ipv6:
      return rawPayload(bytes, start, end);
    default:
      return undefined;
  }
}

function rawPayload(bytes: Bytes, start: number, end: number): LinkPayload | undefined {
  if (start === end) return undefined;
  return { etherType: u8(bytes, start) >> 4 === 6 ? ETHER_TYPE.ipv6 : ETHER_TYPE.ipv4, at: start };
}

/** Where an IP packet's parts lie. `end` is where the packet ends of those bytes that were kept. */
export interface IpParts {
  readonly version: 4 | 6;
  readonly start: number;
  /** Where what it carries begins, behind options and extension headers. */
  readonly payloadAt: number;
  readonly end: number;
  /** Where it ended on the wire: beyond `end` when the capture was cut. */
  readonly wireEnd: number;
  readonly protocol: number;
  /** Not the whole of what is carried, so that nothing of it is read. */
  readonly isFragment: boolean;
}

/** `undefined` for bytes that are no IP header. */
export function ipParts(bytes: Bytes, start: number, end: number): IpParts | undefined {
  if (end - start < 20) return undefined;
  const version = u8(bytes, start) >> 4;
  if (version === 6) return end - start < 40 ? undefined : ipv6Parts(bytes, start, end);
  if (version !== 4) return undefined;
  const payloadAt = start + (u8(bytes, start) & 15) * 4;
  const length = u16(bytes, start + 2);
  // A network card that cuts into segments itself leaves the length 0.
  const wireEnd = length === 0 ? end : start + length;
  if (payloadAt < start + 20 || wireEnd < payloadAt || payloadAt > end) return undefined;
  return {
    version,
    start,
    payloadAt,
    end: Math.min(end, wireEnd),
    wireEnd,
    protocol: u8(bytes, start + 9),
    isFragment: (u16(bytes, start + 6) & 0x3fff) !== 0,
  };
}

const EXTENSION = { hopByHop: 0, routing: 43, fragment: 44, destination: 60 } as const;
const EXTENSIONS: ReadonlySet<number> = new Set(Object.values(EXTENSION));
/** More extension headers than any packet has. */
const MAX_EXTENSIONS = 16;

function ipv6Parts(bytes: Bytes, start: number, end: number): IpParts | undefined {
  const length = u16(bytes, start + 4);
  const wireEnd = length === 0 ? end : start + 40 + length;
  const stop = Math.min(end, wireEnd);
  let protocol = u8(bytes, start + 6);
  let payloadAt = start + 40;
  let isFragment = false;
  for (let i = 0; i < MAX_EXTENSIONS && EXTENSIONS.has(protocol); i++) {
    if (payloadAt + 8 > stop) return undefined;
    const size = protocol === EXTENSION.fragment ? 8 : 8 + 8 * u8(bytes, payloadAt + 1);
    if (protocol === EXTENSION.fragment) isFragment ||= (u16(bytes, payloadAt + 2) & 0xfff9) !== 0;
    protocol = u8(bytes, payloadAt);
    payloadAt += size;
    if (payloadAt > stop) return undefined;
  }
  return { version: 6, start, payloadAt, end: stop, wireEnd, protocol, isFragment };
}

/** An address and port as one key: quick to make and to compare. */
export type EndKey = number | string;

export interface TcpHeader {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly seq: number;
  readonly ack: number;
  readonly flags: number;
  readonly window: number;
  readonly payloadAt: number;
}

/** `undefined` for bytes that hold no whole TCP header. */
export function tcpHeader(bytes: Bytes, start: number, end: number): TcpHeader | undefined {
  if (end - start < 20) return undefined;
  const payloadAt = start + (u8(bytes, start + 12) >> 4) * 4;
  if (payloadAt < start + 20 || payloadAt > end) return undefined;
  return {
    sourcePort: u16(bytes, start),
    destinationPort: u16(bytes, start + 2),
    seq: u32(bytes, start + 4),
    ack: u32(bytes, start + 8),
    flags: u16(bytes, start + 12) & 0xfff,
    window: u16(bytes, start + 14),
    payloadAt,
  };
}

const addressAt = ({ version, start }: IpParts, end: 'source' | 'destination'): number =>
  start + (version === 4 ? (end === 'source' ? 12 : 16) : end === 'source' ? 8 : 24);

export const addressBytes = (bytes: Bytes, ip: IpParts, end: 'source' | 'destination'): Bytes => {
  const at = addressAt(ip, end);
  return bytes.subarray(at, at + (ip.version === 4 ? 4 : 16));
};

export const addressText = (bytes: Bytes, ip: IpParts, end: 'source' | 'destination'): string =>
  formatAddress(addressBytes(bytes, ip, end));

/** An IPv4 address and a port fit a number; 16 bytes do not. */
export function endKey(
  bytes: Bytes,
  ip: IpParts,
  end: 'source' | 'destination',
  port: number,
): EndKey {
  const at = addressAt(ip, end);
  if (ip.version === 4) return u32(bytes, at) * 0x1_0000 + port;
  let key = String.fromCharCode(port);
  for (let i = 0; i < 16; i += 2) key += String.fromCharCode(u16(bytes, at + i));
  return key;
}
