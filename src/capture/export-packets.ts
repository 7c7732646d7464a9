// The IP packets that stand for a connection in an export: a handshake, segments and
// acknowledgements as TCP (RFC 9293) would have sent them. Knows no file format.
import { type Bytes, EMPTY } from '../lib/bytes.ts';
import { pseudoHeader } from '../wire/ip.ts';
import { formatAddress, parseAddress, parseUnmapped } from '../wire/ip-address.ts';
import { buildIpv4 } from '../wire/ipv4.ts';
import { buildIpv6 } from '../wire/ipv6.ts';
import { buildTcp, TCP_FLAG } from '../wire/tcp.ts';
import { type PacketKind, writeComment } from './provenance-comments.ts';
import type { Closed, Direction, Endpoint, Opened } from './record.ts';

export interface Packet {
  readonly bytes: Bytes;
  readonly comment: string;
}

const { ACK, FIN, PSH, RST, SYN } = TCP_FLAG;
const TCP_PROTOCOL = 6;
/** Documentation addresses (RFC 5737), which nobody has: they stand in for unseen ones. */
export const UNSEEN_CLIENT = '192.0.2.1';
const UNSEEN_SERVER = '192.0.2.2';
const TTL = 64;
/** Scaled by 2⁷ after the handshake, so that no chunk ever fills it. */
const WINDOW = 0xffff;
const WINDOW_SHIFT = 7;

interface End {
  readonly address: Bytes;
  readonly port: number;
  /** The next sequence number it sends. */
  next: number;
  /** The next sequence number it expects, as last said. */
  expects: number;
}

/** One connection being written: each method gives the packets of one record. */
export class ExportedConnection {
  readonly #id: number;
  readonly #lane: string;
  readonly #isSeen: boolean;
  readonly #ends: Readonly<Record<Direction, End>>;
  #closed: Closed | undefined;
  /** Each side's own end was seen. */
  #bothEnded = false;

  /** Without `opened` the tap came too late to see the addresses: reserved ones stand in. */
  constructor(id: number, opened?: Opened) {
    this.#id = id;
    this.#lane = opened?.lane ?? '';
    const client = opened && parseUnmapped(opened.client.address);
    const server = opened && parseUnmapped(opened.server.address);
    this.#isSeen = client !== undefined && server !== undefined;
    const isMixed = client?.length !== server?.length;
    const addressOf = (endpoint: Endpoint | undefined, standIn: string): Bytes => {
      const text = (this.#isSeen && endpoint?.address) || standIn;
      return (isMixed && this.#isSeen ? widen(text) : parseUnmapped(text)) ?? EMPTY;
    };
    const start = (id * 0x1_0000) % 0x8000_0000;
    this.#ends = {
      up: {
        address: addressOf(opened?.client, UNSEEN_CLIENT),
        port: opened?.client.port ?? 49_152 + (id % 16_384),
        next: start,
        expects: start + 0x4000_0000,
      },
      down: {
        address: addressOf(opened?.server, UNSEEN_SERVER),
        port: opened?.server.port ?? 80,
        next: start + 0x4000_0000,
        expects: start,
      },
    };
  }

  open(): Packet[] {
    return [
      this.#packet('up', 'open', SYN),
      this.#packet('down', 'open', SYN | ACK),
      this.#packet('up', 'open', ACK),
    ];
  }

  /**
   * Segments no larger than the usual links carry, since that is what people know from real captures.
   * Only the last has PSH: that is how a reader finds the chunk again.
   */
  chunk(direction: Direction, bytes: Bytes): Packet[] {
    const packets: Packet[] = [];
    const most = this.#maximumSegment(direction);
    for (let at = 0; at < bytes.length; at += most) {
      const payload = bytes.subarray(at, at + most);
      const flags = at + most < bytes.length ? ACK : ACK | PSH;
      packets.push(this.#packet(direction, 'chunk', flags, payload));
    }
    if (packets.length > 0) packets.push(this.#packet(other(direction), 'ack', ACK));
    return packets;
  }

  /** After a half close the other side's own comes; after any other the tap knows of no more. */
  close(closed: Closed): Packet[] {
    if (this.#closed && !this.#closed.half) return [];
    this.#bothEnded = this.#closed !== undefined;
    this.#closed = closed;
    const from = closed.by === 'client' ? 'up' : 'down';
    if (closed.half) {
      return [this.#packet(from, 'half-close', FIN | ACK), this.#packet(other(from), 'ack', ACK)];
    }
    if (closed.how === 'reset') return [this.#packet(from, 'close', RST | ACK)];
    return [this.#packet(from, 'close', FIN | ACK), this.#packet(other(from), 'ack', ACK)];
  }

  /** The other side's FIN: after everything it still sent. */
  finish(): Packet[] {
    if (this.#closed?.how !== 'fin' || this.#closed.half || this.#bothEnded) return [];
    const from = this.#closed.by === 'client' ? 'down' : 'up';
    return [this.#packet(from, 'close', FIN | ACK), this.#packet(other(from), 'ack', ACK)];
  }

  #maximumSegment(direction: Direction): number {
    return this.#ends[direction].address.length === 4 ? 1460 : 1440;
  }

  #packet(from: Direction, kind: PacketKind, flags: number, payload = EMPTY): Packet {
    const [sender, receiver] = [this.#ends[from], this.#ends[other(from)]];
    const segment = {
      sourcePort: sender.port,
      destinationPort: receiver.port,
      seq: sender.next,
      ack: flags & ACK ? sender.expects : 0,
      flags,
      window: WINDOW,
      urgent: 0,
      options: flags & SYN ? synOptions(this.#maximumSegment(from)) : EMPTY,
      payload,
    };
    const length = 20 + segment.options.length + payload.length;
    const pseudo = pseudoHeader(sender.address, receiver.address, TCP_PROTOCOL, length);
    sender.next = (sender.next + payload.length + (flags & (SYN | FIN) ? 1 : 0)) % 0x1_0000_0000;
    receiver.expects = sender.next;
    const note = { connection: this.#id, lane: this.#lane, kind };
    return {
      bytes: inIp(sender.address, receiver.address, buildTcp(segment, pseudo)),
      comment: writeComment(note, this.#isSeen),
    };
  }
}

const other = (direction: Direction): Direction => (direction === 'up' ? 'down' : 'up');

/** An IPv4 address as the 16 bytes of `::ffff:a.b.c.d`, for a packet whose other end has IPv6. */
function widen(text: string): Bytes | undefined {
  return parseAddress(text.includes(':') ? text : `::ffff:${text}`);
}

/** Maximum segment size, no operation, window scale. */
const synOptions = (most: number): Bytes =>
  Uint8Array.of(2, 4, most >> 8, most & 0xff, 1, 3, 3, WINDOW_SHIFT);

function inIp(source: Bytes, destination: Bytes, payload: Bytes): Bytes {
  const addresses = { source: formatAddress(source), destination: formatAddress(destination) };
  const trafficClass = 0;
  if (source.length === 16) {
    const rest = { nextHeader: TCP_PROTOCOL, hopLimit: TTL, trafficClass, flowLabel: 0 };
    return buildIpv6({ ...addresses, ...rest, payload });
  }
  // Don't fragment, as TCP with path MTU discovery sends it: then the id means nothing (RFC 6864).
  const rest = { protocol: TCP_PROTOCOL, ttl: TTL, id: 0, flags: 0b010, fragmentOffset: 0 };
  return buildIpv4({ ...addresses, ...rest, trafficClass, options: EMPTY, payload });
}
