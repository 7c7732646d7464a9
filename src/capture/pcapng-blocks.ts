// The blocks of a pcapng file (draft-ietf-opsawg-pcapng): writing a section of raw-IP packets, and
// reading the packets of any. Knows nothing of what a packet holds.
import { type ByteRange, type Bytes, concat, EMPTY, putU32, u32 } from '../lib/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../lib/utf8.ts';
import type { Problem } from '../wire/layer.ts';

/** LINKTYPE_RAW: a packet begins with its IPv4 or IPv6 header. */
export const LINK_RAW = 101;

const SECTION = 0x0a0d_0d0a;
const INTERFACE = 1;
const PACKET = 6;
/** Of the types for local use, which everybody else passes over. */
const LOCAL = 0x8057_4c4e;
const MAGIC = 0x1a2b_3c4d;
const SWAPPED_MAGIC = 0x4d3c_2b1a;
const OPTION_COMMENT = 1;
const OPTION_RESOLUTION = 9;
/** What a block has besides its body: type, and its length in front and behind. */
const FRAME = 12;

/** One packet of a file, and where its block lies. `at` is in µs. */
export interface CapturedPacket {
  readonly at: number;
  readonly linkType: number;
  readonly bytes: Bytes;
  readonly comment: string;
  readonly isCut: boolean;
  readonly range: ByteRange;
}

/** The body of a block for local use, and how many packets stand before it. */
export interface LocalBlock {
  readonly body: Bytes;
  readonly packetsBefore: number;
  readonly range: ByteRange;
}

export const writeLocal = (body: Bytes): Bytes => block(LOCAL, words(body.length), padded(body));

export function writeSection(comment: string): Bytes {
  const header = words(MAGIC, 0x0001_0000, 0xffff_ffff, 0xffff_ffff); // version 1.0, length unknown
  const options = concat(option(OPTION_COMMENT, encodeUtf8(comment)), words(0));
  return block(SECTION, header, options);
}

/** A raw-IP interface whose times are in microseconds. */
export const writeInterface = (): Bytes =>
  block(
    INTERFACE,
    words(LINK_RAW * 0x1_0000, 0),
    option(OPTION_RESOLUTION, Uint8Array.of(6)),
    words(0),
  );

export function writePacket(at: number, packet: Bytes, comment: string): Bytes {
  const time = Math.max(0, Math.round(at));
  const [high, low] = [Math.floor(time / 0x1_0000_0000), time % 0x1_0000_0000];
  const header = words(0, high, low, packet.length, packet.length);
  const options = concat(option(OPTION_COMMENT, encodeUtf8(comment)), words(0));
  return block(PACKET, header, padded(packet), options);
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
  const length = body.reduce((sum, part) => sum + part.length, FRAME);
  return concat(words(type, length), ...body, words(length));
}

export interface FileContent {
  readonly packets: CapturedPacket[];
  readonly locals: LocalBlock[];
  readonly problem?: Problem;
}

/** Total: what stands up to the first problem, and that problem. Unknown blocks are passed over. */
export function readBlocks(bytes: Bytes): FileContent {
  const content: FileContent = { packets: [], locals: [] };
  const stop = (code: Problem['code'], message: string, start: number, end = bytes.length) => ({
    ...content,
    problem: {
      code,
      message,
      range: [start, Math.max(start, Math.min(end, bytes.length))],
    } as const,
  });
  if (bytes.length < FRAME || u32(bytes, 0) !== SECTION) {
    return stop('pcapng/not-pcapng', 'This file does not begin as a pcapng file does.', 0, 4);
  }
  let section: Section = { isLittle: false, interfaces: [] };
  for (let at = 0; at < bytes.length; ) {
    if (bytes.length - at < FRAME) {
      return stop('pcapng/truncated', `The file ends inside the block at byte ${at}.`, at);
    }
    if (u32(bytes, at) === SECTION) {
      const magic = u32(bytes, at + 8);
      if (magic !== MAGIC && magic !== SWAPPED_MAGIC) {
        return stop(
          'pcapng/bad-section',
          `The section at byte ${at} has no byte order.`,
          at,
          at + FRAME,
        );
      }
      section = { isLittle: magic === SWAPPED_MAGIC, interfaces: [] };
    }
    const read = reader(bytes, section.isLittle);
    const length = read.u32(at + 4);
    if (length < FRAME || length % 4 !== 0) {
      return stop(
        'pcapng/bad-block',
        `The block at byte ${at} claims ${length} bytes.`,
        at,
        at + 8,
      );
    }
    if (at + length > bytes.length) {
      const message = `The block at byte ${at} should have ${length} bytes; the file ends after ${bytes.length - at}.`;
      return stop('pcapng/truncated', message, at);
    }
    if (read.u32(at + length - 4) !== length) {
      return stop(
        'pcapng/bad-block',
        `The block at byte ${at} gives two lengths.`,
        at,
        at + length,
      );
    }
    const type = read.u32(at);
    const range = [at, at + length] as const;
    const taken = takeBlock(bytes, type, range, section, content);
    if (!taken)
      return stop('pcapng/bad-packet', `The block at byte ${at} contradicts itself.`, ...range);
    at += length;
  }
  return content;
}

interface Section {
  readonly isLittle: boolean;
  readonly interfaces: { readonly linkType: number; readonly unitsPerSecond: number }[];
}

function takeBlock(
  bytes: Bytes,
  type: number,
  range: ByteRange,
  { isLittle, interfaces }: Section,
  { packets, locals }: FileContent,
): boolean {
  const [start, end] = range;
  const read = reader(bytes, isLittle);
  if (type === INTERFACE) {
    if (end - start < FRAME + 8) return false;
    const resolution = optionOf(bytes, isLittle, [start + 16, end - 4], OPTION_RESOLUTION);
    interfaces.push({ linkType: read.u16(start + 8), unitsPerSecond: unitsOf(resolution[0] ?? 6) });
    return true;
  }
  if (type === LOCAL) {
    const bodyEnd = end - start < FRAME + 4 ? end : start + 12 + read.u32(start + 8);
    if (bodyEnd > end - 4) return false;
    const body = bytes.subarray(start + 12, bodyEnd);
    locals.push({ body, packetsBefore: packets.length, range });
    return true;
  }
  if (type !== PACKET) return true;
  const owner = end - start < FRAME + 20 ? undefined : interfaces[read.u32(start + 8)];
  const length = owner ? read.u32(start + 20) : 0;
  const dataEnd = start + 28 + length;
  if (!owner || dataEnd > end - 4) return false;
  const time = read.u32(start + 12) * 0x1_0000_0000 + read.u32(start + 16);
  const options: ByteRange = [dataEnd + (-length & 3), end - 4];
  packets.push({
    at: (time / owner.unitsPerSecond) * 1_000_000,
    linkType: owner.linkType,
    bytes: bytes.subarray(start + 28, dataEnd),
    comment: decodeUtf8(optionOf(bytes, isLittle, options, OPTION_COMMENT)).text,
    isCut: read.u32(start + 24) > length,
    range,
  });
  return true;
}

/** `if_tsresol`: a power of ten, or of two when the highest bit is set. */
const unitsOf = (resolution: number): number =>
  resolution < 0x80 ? 10 ** resolution : 2 ** (resolution & 0x7f);

/** The value of the first option with that code; empty when there is none. */
function optionOf(bytes: Bytes, isLittle: boolean, [start, end]: ByteRange, wanted: number): Bytes {
  const read = reader(bytes, isLittle);
  for (let at = start; at + 4 <= end; ) {
    const [code, length] = [read.u16(at), read.u16(at + 2)];
    if (code === 0 || at + 4 + length > end) break;
    if (code === wanted) return bytes.subarray(at + 4, at + 4 + length);
    at += 4 + length + (-length & 3);
  }
  return EMPTY;
}

function reader(bytes: Bytes, isLittle: boolean) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    u16: (at: number): number => view.getUint16(at, isLittle),
    u32: (at: number): number => view.getUint32(at, isLittle),
  };
}
