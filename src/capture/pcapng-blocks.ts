// The blocks of a pcapng file (draft-ietf-opsawg-pcapng): their numbers, and writing a section of
// packets. Knows nothing of what a packet holds.
import { type Bytes, concat, putU32 } from '../lib/bytes.ts';
import { encodeUtf8 } from '../lib/utf8.ts';
import { LINK } from './link-types.ts';

export const BLOCK = {
  section: 0x0a0d_0d0a,
  interface: 1,
  /** Obsolete, and still written by old programs. */
  oldPacket: 2,
  simplePacket: 3,
  packet: 6,
  /** Of the types for local use, which everybody else passes over. */
  local: 0x8057_4c4e,
} as const;
export const MAGIC = 0x1a2b_3c4d;
export const OPTION = { comment: 1, name: 2, resolution: 9, offset: 14 } as const;
/** What a block has besides its body: type, and its length in front and behind. */
export const BLOCK_FRAME = 12;

export const writeLocal = (body: Bytes): Bytes =>
  block(BLOCK.local, words(body.length), padded(body));

export function writeSection(comment: string): Bytes {
  const header = words(MAGIC, 0x0001_0000, 0xffff_ffff, 0xffff_ffff); // version 1.0, length unknown
  const options = concat(option(OPTION.comment, encodeUtf8(comment)), words(0));
  return block(BLOCK.section, header, options);
}

/** An interface whose times are in microseconds. */
export const writeInterface = (linkType: number = LINK.raw, name?: string): Bytes =>
  block(
    BLOCK.interface,
    words(linkType * 0x1_0000, 0),
    ...(name === undefined ? [] : [option(OPTION.name, encodeUtf8(name))]),
    option(OPTION.resolution, Uint8Array.of(6)),
    words(0),
  );

/** `seenOn`: which of the interfaces of its section, from 0. */
export function writePacket(at: number, packet: Bytes, comment: string, seenOn = 0): Bytes {
  const time = Math.max(0, Math.round(at));
  const [high, low] = [Math.floor(time / 0x1_0000_0000), time % 0x1_0000_0000];
  const header = words(seenOn, high, low, packet.length, packet.length);
  const options = concat(option(OPTION.comment, encodeUtf8(comment)), words(0));
  return block(BLOCK.packet, header, padded(packet), options);
}

/** 32-bit words, big-endian as the magic number then says. */
function words(...values: readonly number[]): Bytes {
  const bytes = new Uint8Array(4 * values.length);
  for (const [i, value] of values.entries()) putU32(bytes, 4 * i, value);
  return bytes;
}

const padded = (bytes: Bytes): Bytes => concat(bytes, new Uint8Array(-bytes.length & 3));

const option = (code: number, value: Bytes): Bytes =>
  concat(words(code * 0x1_0000 + value.length), padded(value));

function block(type: number, ...body: readonly Bytes[]): Bytes {
  const length = body.reduce((sum, part) => sum + part.length, BLOCK_FRAME);
  return concat(words(type, length), ...body, words(length));
}
