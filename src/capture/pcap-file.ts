// The packets of a file in the old pcap format (draft-ietf-opsawg-pcap), of either byte order, in
// microseconds or nanoseconds. Knows nothing of what a packet holds.

import { type Bytes, u32 } from '../lib/bytes.ts';
import type { Problem } from '../wire/layer.ts';
import { type FilePacket, MAX_PACKETS, type PacketFile } from './packet-file.ts';

const HEADER = 24;
const RECORD = 16;
/** tcpdump's own limit (MAXIMUM_SNAPLEN); a length beyond it is a broken record. */
const MAX_KEPT = 262_144;

/** The magic number as it stands in the file: is it swapped, and how many units has a second? */
const MAGICS: ReadonlyMap<number, { readonly isLittle: boolean; readonly unitsPerSecond: number }> =
  new Map([
    [0xa1b2_c3d4, { isLittle: false, unitsPerSecond: 1e6 }],
    [0xd4c3_b2a1, { isLittle: true, unitsPerSecond: 1e6 }],
    [0xa1b2_3c4d, { isLittle: false, unitsPerSecond: 1e9 }],
    [0x4d3c_b2a1, { isLittle: true, unitsPerSecond: 1e9 }],
  ]);

export const isPcap = (bytes: Bytes): boolean => bytes.length >= 4 && MAGICS.has(u32(bytes, 0));

/** Total: what stands up to the first problem, and that problem. */
export function readPcapFile(bytes: Bytes): PacketFile {
  const packets: FilePacket[] = [];
  const problem = readRecords(bytes, packets);
  const file = { bytes, format: 'pcap', packets } as const;
  return problem ? { ...file, problem } : file;
}

function readRecords(bytes: Bytes, packets: FilePacket[]): Problem | undefined {
  const size = bytes.length;
  const stop = (code: Problem['code'], message: string, start: number, end = size): Problem => ({
    code,
    message,
    range: [start, Math.max(start, Math.min(end, size))],
  });
  const magic = size >= 4 ? MAGICS.get(u32(bytes, 0)) : undefined;
  if (!magic) return stop('pcap/not-pcap', 'This file does not begin as a pcap file does.', 0, 4);
  if (size < HEADER) return stop('pcap/truncated', 'The file ends inside its header.', 0);
  const view = new DataView(bytes.buffer, bytes.byteOffset, size);
  const { isLittle, unitsPerSecond } = magic;
  const word = (at: number) => view.getUint32(at, isLittle);
  // The upper bits say whether a frame check sequence follows; hardly anybody sets them.
  const linkType = word(20) & 0xffff;
  for (let at = HEADER; at < size; ) {
    if (size - at < RECORD) {
      return stop('pcap/truncated', `The file ends inside the record at byte ${at}.`, at);
    }
    if (packets.length === MAX_PACKETS) {
      const message = `Only the first ${MAX_PACKETS} packets are read; the next is at byte ${at}.`;
      return stop('pcap/too-many-packets', message, at);
    }
    const kept = word(at + 8);
    const end = at + RECORD + kept;
    if (kept > MAX_KEPT) {
      const message = `The record at byte ${at} claims ${kept} bytes, more than any packet has.`;
      return stop('pcap/bad-record', message, at, at + RECORD);
    }
    if (end > size) {
      const message = `The record at byte ${at} should have ${kept + RECORD} bytes; the file ends after ${size - at}.`;
      return stop('pcap/truncated', message, at);
    }
    const time = word(at) * 1e6 + (word(at + 4) / unitsPerSecond) * 1e6;
    const length = Math.max(kept, word(at + 12));
    packets.push({ at: time, linkType, start: at + RECORD, end, length, block: at });
    at = end;
  }
  return undefined;
}
