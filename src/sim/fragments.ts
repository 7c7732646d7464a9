// Cutting an IP packet into fragments (RFC 791 §3.2, RFC 8200 §4.5) and putting them together again.
// Knows nothing of what the packet carries.

import { type Bytes, concat, putU32, u8, u16, u32 } from '../lib/bytes.ts';
import { after, type Micros, seconds } from '../lib/time.ts';
import { buildIpv4, readIpv4 } from '../wire/ipv4.ts';
import { buildIpv6, readIpv6 } from '../wire/ipv6.ts';

const MORE_FRAGMENTS = 0b001;
const FRAGMENT_HEADER = 44;
/** Linux IP_FRAG_TIME; RFC 791 suggests 15 s, RFC 8200 has 60 s. */
const TIMEOUT = seconds(30);

export const mayBeCut = (packet: Bytes): boolean =>
  u8(packet, 0) >> 4 === 4 && (u8(packet, 6) & 0x40) === 0;

/** The pieces of an IPv4 packet, each at most `mtu` long; a fragment can be cut further. */
export function cutIpv4(packet: Bytes, mtu: number): Bytes[] {
  const whole = readIpv4(packet);
  if (!whole) throw new RangeError('not an IPv4 packet');
  const room = mtu - (packet.length - whole.payload.length);
  const step = room - (room % 8);
  const pieces: Bytes[] = [];
  for (let at = 0; at < whole.payload.length; at += step) {
    const isLast = at + step >= whole.payload.length;
    pieces.push(
      buildIpv4({
        ...whole,
        flags: isLast ? whole.flags : whole.flags | MORE_FRAGMENTS,
        fragmentOffset: whole.fragmentOffset + at / 8,
        payload: whole.payload.subarray(at, at + step),
      }),
    );
  }
  return pieces;
}

/** The pieces of an IPv6 packet, which only its sender may cut. */
export function cutIpv6(packet: Bytes, mtu: number, id: number): Bytes[] {
  const whole = readIpv6(packet);
  if (!whole) throw new RangeError('not an IPv6 packet');
  const room = mtu - 40 - 8;
  const step = room - (room % 8);
  const pieces: Bytes[] = [];
  for (let at = 0; at < whole.payload.length; at += step) {
    const isLast = at + step >= whole.payload.length;
    const header = new Uint8Array(8);
    header[0] = whole.nextHeader;
    putU32(header, 0, whole.nextHeader * 0x100_0000 + (at | (isLast ? 0 : 1)));
    putU32(header, 4, id);
    const payload = concat(header, whole.payload.subarray(at, at + step));
    pieces.push(buildIpv6({ ...whole, nextHeader: FRAGMENT_HEADER, payload }));
  }
  return pieces;
}

interface Piece {
  readonly key: string;
  readonly offset: number;
  readonly isLast: boolean;
  readonly payload: Bytes;
  /** The header of the whole around `payload`. */
  readonly wrap: (payload: Bytes) => Bytes;
}

/** `undefined` for what is no fragment. */
function pieceOf(packet: Bytes): Piece | undefined {
  if (u8(packet, 0) >> 4 === 4) {
    const piece = readIpv4(packet);
    const isLast = ((piece?.flags ?? 0) & MORE_FRAGMENTS) === 0;
    if (!piece || (isLast && piece.fragmentOffset === 0)) return undefined;
    return {
      key: `${piece.source} ${piece.destination} ${piece.protocol} ${piece.id}`,
      offset: piece.fragmentOffset * 8,
      isLast,
      payload: piece.payload,
      wrap: (payload) => buildIpv4({ ...piece, flags: 0, fragmentOffset: 0, payload }),
    };
  }
  const piece = readIpv6(packet);
  if (piece?.nextHeader !== FRAGMENT_HEADER || piece.payload.length < 8) return undefined;
  const [place, nextHeader] = [u16(piece.payload, 2), u8(piece.payload, 0)];
  return {
    key: `${piece.source} ${piece.destination} ${u32(piece.payload, 4)}`,
    offset: place & 0xfff8,
    isLast: (place & 1) === 0,
    payload: piece.payload.subarray(8),
    wrap: (payload) => buildIpv6({ ...piece, nextHeader, payload }),
  };
}

interface Assembly {
  readonly until: Micros;
  readonly pieces: Piece[];
}

/** Collects fragments; one that waits too long for its others is forgotten with them. */
export class Reassembler {
  readonly #open = new Map<string, Assembly>();

  /** The whole packet once it is complete; the packet itself where it is no fragment. */
  add(packet: Bytes, now: Micros): Bytes | undefined {
    const piece = pieceOf(packet);
    if (!piece) return packet;
    const known = this.#open.get(piece.key);
    const assembly =
      known && known.until > now ? known : { until: after(now, TIMEOUT), pieces: [] };
    this.#open.set(piece.key, assembly);
    assembly.pieces.push(piece);
    assembly.pieces.sort((a, b) => a.offset - b.offset);
    const payload = joined(assembly.pieces);
    if (!payload) return undefined;
    this.#open.delete(piece.key);
    return (assembly.pieces[0] as Piece).wrap(payload);
  }
}

/** The payloads without a gap from the first to the last; what came twice counts once. */
function joined(pieces: readonly Piece[]): Bytes | undefined {
  const parts: Bytes[] = [];
  let end = 0;
  for (const { offset, payload, isLast } of pieces) {
    if (offset > end) return undefined;
    if (offset + payload.length > end) parts.push(payload.subarray(end - offset));
    end = Math.max(end, offset + payload.length);
    if (isLast) return concat(...parts);
  }
  return undefined;
}
