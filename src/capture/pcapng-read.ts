// The packets of a pcapng file (draft-ietf-opsawg-pcapng) of anybody. Knows nothing of what a packet
// holds; blocks that hold none are passed over.

import { type ByteRange, type Bytes, EMPTY, u32 } from '../lib/bytes.ts';
import { decodeUtf8 } from '../lib/utf8.ts';
import type { Problem } from '../wire/layer.ts';
import { type FilePacket, MAX_PACKETS, type PacketFile } from './packet-file.ts';
import { BLOCK, BLOCK_FRAME, MAGIC, OPTION } from './pcapng-blocks.ts';

const SWAPPED_MAGIC = 0x4d3c_2b1a;

/** The body of a block for local use, and how many packets stand before it. */
export interface LocalBlock {
  readonly body: Bytes;
  readonly packetsBefore: number;
  readonly range: ByteRange;
}

export interface PcapngFile extends PacketFile {
  readonly locals: readonly LocalBlock[];
  /** The comment on a packet of this file; empty where there is none. */
  commentOf(packet: FilePacket): string;
}

interface Interface {
  readonly linkType: number;
  readonly unitsPerSecond: number;
  /** Seconds to add to every time. */
  readonly offset: number;
  /** At most so many bytes of a packet were kept; 0 for all. */
  readonly keptBytes: number;
}

interface Section {
  readonly start: number;
  readonly isLittle: boolean;
  readonly interfaces: Interface[];
}

/** Total: what stands up to the first problem, and that problem. */
export function readPcapngFile(bytes: Bytes): PcapngFile {
  const reader = new BlockReader(bytes);
  const problem = reader.readAll();
  const { packets, locals } = reader;
  const commentOf = (packet: FilePacket) => reader.commentOf(packet);
  const file = { bytes, format: 'pcapng', packets, locals, commentOf } as const;
  return problem ? { ...file, problem } : file;
}

class BlockReader {
  readonly packets: FilePacket[] = [];
  readonly locals: LocalBlock[] = [];
  readonly #bytes: Bytes;
  readonly #view: DataView;
  readonly #sections: Section[] = [];

  constructor(bytes: Bytes) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  readAll(): Problem | undefined {
    const bytes = this.#bytes;
    if (bytes.length < BLOCK_FRAME || u32(bytes, 0) !== BLOCK.section) {
      return this.#stop(
        'pcapng/not-pcapng',
        'This file does not begin as a pcapng file does.',
        0,
        4,
      );
    }
    for (let at = 0; at < bytes.length; ) {
      const length = this.#blockLength(at);
      if (typeof length !== 'number') return length;
      if (this.packets.length === MAX_PACKETS && this.#isPacket(at)) {
        const message = `Only the first ${MAX_PACKETS} packets are read; the next is at byte ${at}.`;
        return this.#stop('pcapng/too-many-packets', message, at);
      }
      if (!this.#takeBlock(at, at + length)) {
        const message = `The block at byte ${at} contradicts itself.`;
        return this.#stop('pcapng/bad-packet', message, at, at + length);
      }
      at += length;
    }
    return undefined;
  }

  #stop(code: Problem['code'], message: string, start: number, end?: number): Problem {
    const size = this.#bytes.length;
    return { code, message, range: [start, Math.max(start, Math.min(end ?? size, size))] };
  }

  /** The length of the block at `at`, or what is wrong with it. A section header sets the byte order. */
  #blockLength(at: number): number | Problem {
    const left = this.#bytes.length - at;
    if (left < BLOCK_FRAME) {
      return this.#stop('pcapng/truncated', `The file ends inside the block at byte ${at}.`, at);
    }
    if (u32(this.#bytes, at) === BLOCK.section) {
      const magic = u32(this.#bytes, at + 8);
      if (magic !== MAGIC && magic !== SWAPPED_MAGIC) {
        const message = `The section at byte ${at} has no byte order.`;
        return this.#stop('pcapng/bad-section', message, at, at + BLOCK_FRAME);
      }
      this.#sections.push({ start: at, isLittle: magic === SWAPPED_MAGIC, interfaces: [] });
    }
    const length = this.#u32(at + 4);
    if (length < BLOCK_FRAME || length % 4 !== 0) {
      const message = `The block at byte ${at} claims ${length} bytes.`;
      return this.#stop('pcapng/bad-block', message, at, at + 8);
    }
    if (length > left) {
      const message = `The block at byte ${at} should have ${length} bytes; the file ends after ${left}.`;
      return this.#stop('pcapng/truncated', message, at);
    }
    if (this.#u32(at + length - 4) !== length) {
      const message = `The block at byte ${at} gives two lengths.`;
      return this.#stop('pcapng/bad-block', message, at, at + length);
    }
    return length;
  }

  get #section(): Section {
    return this.#sections.at(-1) as Section;
  }

  #u16(at: number): number {
    return this.#view.getUint16(at, this.#section.isLittle);
  }

  #u32(at: number): number {
    return this.#view.getUint32(at, this.#section.isLittle);
  }

  #isPacket(at: number): boolean {
    const type = this.#u32(at);
    return type === BLOCK.packet || type === BLOCK.simplePacket || type === BLOCK.oldPacket;
  }

  #takeBlock(start: number, end: number): boolean {
    switch (this.#u32(start)) {
      case BLOCK.packet:
        return this.#takePacket(start, end, start + 8, this.#u32(start + 8));
      case BLOCK.oldPacket:
        return this.#takePacket(start, end, start + 8, this.#u16(start + 8));
      case BLOCK.simplePacket:
        return this.#takeSimple(start, end);
      case BLOCK.interface:
        return this.#takeInterface(start, end);
      case BLOCK.local:
        return this.#takeLocal(start, end);
      default:
        return true;
    }
  }

  /** The enhanced and the obsolete block differ only in how the interface is written. */
  #takePacket(start: number, end: number, at: number, number: number): boolean {
    if (end - start < BLOCK_FRAME + 20) return false;
    const owner = this.#section.interfaces[number];
    const kept = this.#u32(at + 12);
    if (!owner || at + 20 + kept > end - 4) return false;
    const time = this.#u32(at + 4) * 0x1_0000_0000 + this.#u32(at + 8);
    this.packets.push({
      at: (time / owner.unitsPerSecond + owner.offset) * 1_000_000,
      linkType: owner.linkType,
      start: at + 20,
      end: at + 20 + kept,
      length: Math.max(kept, this.#u32(at + 16)),
      block: start,
    });
    return true;
  }

  /** It has no time: the packet before it lends its own. */
  #takeSimple(start: number, end: number): boolean {
    const [owner] = this.#section.interfaces;
    if (!owner || end - start < BLOCK_FRAME + 4) return false;
    const length = this.#u32(start + 8);
    const kept = Math.min(length, owner.keptBytes || length);
    if (start + 12 + kept > end - 4) return false;
    this.packets.push({
      at: this.packets.at(-1)?.at ?? 0,
      linkType: owner.linkType,
      start: start + 12,
      end: start + 12 + kept,
      length,
      block: start,
    });
    return true;
  }

  #takeInterface(start: number, end: number): boolean {
    if (end - start < BLOCK_FRAME + 8) return false;
    const options: ByteRange = [start + 16, end - 4];
    const resolution = this.#option(options, OPTION.resolution)[0] ?? 6;
    const offset = this.#option(options, OPTION.offset);
    const view = new DataView(offset.buffer, offset.byteOffset, offset.byteLength);
    const { isLittle, interfaces } = this.#section;
    interfaces.push({
      linkType: this.#u16(start + 8),
      unitsPerSecond: resolution < 0x80 ? 10 ** resolution : 2 ** (resolution & 0x7f),
      offset: offset.length === 8 ? Number(view.getBigInt64(0, isLittle)) : 0,
      keptBytes: this.#u32(start + 12),
    });
    return true;
  }

  #takeLocal(start: number, end: number): boolean {
    const isShort = end - start < BLOCK_FRAME + 4;
    const bodyEnd = isShort ? end : start + 12 + this.#u32(start + 8);
    if (bodyEnd > end - 4) return false;
    const body = this.#bytes.subarray(start + 12, bodyEnd);
    this.locals.push({ body, packetsBefore: this.packets.length, range: [start, end] });
    return true;
  }

  commentOf({ block, end }: FilePacket): string {
    const { isLittle } = this.#sections.findLast(({ start }) => start <= block) as Section;
    const length = this.#view.getUint32(block + 4, isLittle);
    if (this.#view.getUint32(block, isLittle) !== BLOCK.packet) return '';
    const options: ByteRange = [end + (-(end - block - 28) & 3), block + length - 4];
    return decodeUtf8(this.#option(options, OPTION.comment, isLittle)).text;
  }

  /** The value of the first option with that code; empty when there is none. */
  #option([start, end]: ByteRange, wanted: number, isLittle = this.#section.isLittle): Bytes {
    for (let at = start; at + 4 <= end; ) {
      const code = this.#view.getUint16(at, isLittle);
      const length = this.#view.getUint16(at + 2, isLittle);
      if (code === 0 || at + 4 + length > end) break;
      if (code === wanted) return this.#bytes.subarray(at + 4, at + 4 + length);
      at += 4 + length + (-length & 3);
    }
    return EMPTY;
  }
}
