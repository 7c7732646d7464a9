// An IP packet on its way through the simulator. Its bytes are built when somebody looks at them (a
// capture, a fault, a router); until then the two ends pass the parts. A test holds both the same.

import { type Bytes, EMPTY } from '../lib/bytes.ts';
import { checksum } from '../lib/checksum.ts';
import { buildIcmp, type IcmpMessage, readIcmp } from '../wire/icmp.ts';
import { dissectIp, ipPayload, pseudoHeader } from '../wire/ip.ts';
import { formatAddress, parseAddress } from '../wire/ip-address.ts';
import { buildIpv4, readIpv4 } from '../wire/ipv4.ts';
import { buildIpv6, readIpv6 } from '../wire/ipv6.ts';
import { buildUdp, readUdp, type UdpDatagram } from '../wire/udp.ts';
import {
  decodeSegment,
  encodeSegment,
  type Ports,
  type Segment,
  wireLength,
} from './tcp/segment.ts';

export const PROTOCOL = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 } as const;
const TTL = 64;
const DONT_FRAGMENT = 0b010;

export interface Address {
  /** As people write it. */
  readonly text: string;
  /** 4 or 16 of them. */
  readonly bytes: Bytes;
}

export function addressOf(text: string): Address {
  const bytes = parseAddress(text);
  if (!bytes) throw new RangeError(`not an IP address: ${text}`);
  return { text: formatAddress(bytes), bytes };
}

export type Carried =
  | { readonly kind: 'tcp'; readonly segment: Segment; readonly ports: Ports }
  | { readonly kind: 'udp'; readonly datagram: UdpDatagram }
  | { readonly kind: 'icmp'; readonly message: IcmpMessage }
  /** What no part of the simulator reads: a piece of a packet, or a foreign protocol. */
  | { readonly kind: 'raw'; readonly protocol: number; readonly payload: Bytes };

export interface Ends {
  readonly source: Address;
  readonly destination: Address;
}

/** What the sender asks of IPv4. */
export interface IpWishes {
  readonly mayBeCut: boolean;
  /** Which pieces belong together, where it may be cut. */
  readonly id: number;
}

const UNCUT: IpWishes = { mayBeCut: false, id: 0 };

export class Packet implements Ends {
  readonly source: Address;
  readonly destination: Address;
  readonly carried: Carried;
  /** The sender's own account of it; not on the wire. */
  readonly why: string;
  readonly wishes: IpWishes;
  #bytes: Bytes | undefined;

  constructor(
    { source, destination }: Ends,
    carried: Carried,
    why: string,
    bytes?: Bytes,
    wishes: IpWishes = UNCUT,
  ) {
    this.wishes = wishes;
    this.source = source;
    this.destination = destination;
    this.carried = carried;
    this.why = why;
    this.#bytes = bytes;
  }

  /** Of the whole packet. */
  get length(): number {
    if (this.#bytes) return this.#bytes.length;
    return (this.source.bytes.length === 4 ? 20 : 40) + lengthOf(this.carried);
  }

  get bytes(): Bytes {
    this.#bytes ??= build(this);
    return this.#bytes;
  }
}

function lengthOf(carried: Carried): number {
  if (carried.kind === 'tcp') return wireLength(carried.segment);
  if (carried.kind === 'udp') return 8 + carried.datagram.payload.length;
  if (carried.kind === 'icmp') return 8 + carried.message.payload.length;
  return carried.payload.length;
}

function protocolOf(carried: Carried, version: 4 | 6): number {
  if (carried.kind === 'raw') return carried.protocol;
  return carried.kind === 'icmp' && version === 6 ? PROTOCOL.icmpv6 : PROTOCOL[carried.kind];
}

function build({ source, destination, carried, wishes }: Packet): Bytes {
  const version = source.bytes.length === 4 ? 4 : 6;
  const protocol = protocolOf(carried, version);
  const pseudo = pseudoHeader(source.bytes, destination.bytes, protocol, lengthOf(carried));
  const payload = payloadOf(carried, pseudo, version);
  const ends = { source: source.text, destination: destination.text };
  if (version === 6) {
    const rest = { nextHeader: protocol, hopLimit: TTL, trafficClass: 0, flowLabel: 0 };
    return buildIpv6({ ...ends, ...rest, payload });
  }
  // With DF set the identification means nothing (RFC 6864).
  const flags = wishes.mayBeCut ? 0 : DONT_FRAGMENT;
  const rest = { protocol, ttl: TTL, id: wishes.id, flags, fragmentOffset: 0 };
  return buildIpv4({ ...ends, ...rest, trafficClass: 0, options: EMPTY, payload });
}

function payloadOf(carried: Carried, pseudo: Bytes, version: 4 | 6): Bytes {
  if (carried.kind === 'tcp') return encodeSegment(carried.segment, carried.ports, pseudo);
  if (carried.kind === 'udp') return buildUdp(carried.datagram, pseudo);
  if (carried.kind === 'icmp') return buildIcmp(carried.message, version === 6 ? pseudo : EMPTY);
  return carried.payload;
}

/** Reads what arrived damaged or from outside; `undefined` where a receiver would drop it silently. */
export function readPacket(bytes: Bytes, why: string): Packet | undefined {
  const layer = dissectIp(bytes, [0, bytes.length]);
  const found = ipPayload(bytes, layer);
  if (layer.problems.length > 0 || !found) return undefined;
  const ip = bytes[0] === undefined ? undefined : (readIpv4(bytes) ?? readIpv6(bytes));
  if (!ip) return undefined;
  const ends = { source: addressOf(ip.source), destination: addressOf(ip.destination) };
  const carried = readCarried(ip.payload, found.protocol, ends);
  return carried && new Packet(ends, carried, why, bytes);
}

function readCarried(payload: Bytes, protocol: number, ends: Ends): Carried | undefined {
  const { source, destination } = ends;
  const pseudo = pseudoHeader(source.bytes, destination.bytes, protocol, payload.length);
  const isIntact = () => checksum(pseudo, payload) === 0;
  if (protocol === PROTOCOL.tcp) {
    const read = decodeSegment(payload);
    return read && isIntact() ? { kind: 'tcp', ...read } : undefined;
  }
  if (protocol === PROTOCOL.udp) {
    const datagram = readUdp(payload);
    return datagram && isIntact() ? { kind: 'udp', datagram } : undefined;
  }
  const isIcmp = protocol === PROTOCOL.icmp || protocol === PROTOCOL.icmpv6;
  const message = isIcmp ? readIcmp(payload) : undefined;
  if (!isIcmp) return { kind: 'raw', protocol, payload };
  const isWhole = protocol === PROTOCOL.icmpv6 ? isIntact() : checksum(payload) === 0;
  return message && isWhole ? { kind: 'icmp', message } : undefined;
}

/** A packet of bytes that nobody here looks into: a fragment. */
export const pieceOf = (ends: Ends, bytes: Bytes, why: string): Packet =>
  new Packet(ends, { kind: 'raw', protocol: 0, payload: EMPTY }, why, bytes);
