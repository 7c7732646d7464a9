// Opening a file of anybody: which format it is in, and what to say about one that is no capture.

import { type Bytes, u32 } from '../lib/bytes.ts';
import type { Problem } from '../wire/layer.ts';
import { MAX_FILE_BYTES, type PacketFile } from './packet-file.ts';
import { isPcap, readPcapFile } from './pcap-file.ts';
import { BLOCK } from './pcapng-blocks.ts';
import { readPcapngFile } from './pcapng-read.ts';

/** How other files begin, and what to do with them. */
const OTHERS: readonly (readonly [start: readonly number[], words: string])[] = [
  [[0x1f, 0x8b], 'This file is compressed with gzip. Unpack it first, then open what was inside.'],
  [[0x50, 0x4b, 3, 4], 'This is a ZIP archive. Unpack it first, then open the capture inside.'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'This file is compressed with Zstandard. Unpack it first.'],
  [[0x73, 0x6e, 0x6f, 0x6f, 0x70, 0], 'This is a snoop capture. Wireshark can save it as pcapng.'],
  [[0x7b], 'This looks like JSON, perhaps a HAR file of a browser. It holds no packets.'],
];

/**
 * Total: the packets up to the first problem, and that problem. Only the first 50 MB are read; `size` is how
 * large the file is, where `all` is only its beginning.
 */
export function readPacketFile(all: Bytes, size = all.length): PacketFile {
  const bytes = all.length > MAX_FILE_BYTES ? all.subarray(0, MAX_FILE_BYTES) : all;
  if (bytes.length === 0) return refuse(bytes, 'This file is empty.');
  if (isPcap(bytes)) return limited(readPcapFile(bytes), size);
  if (bytes.length >= 4 && u32(bytes, 0) === BLOCK.section) {
    return limited(readPcapngFile(bytes), size);
  }
  const other = OTHERS.find(([start]) => start.every((byte, i) => bytes[i] === byte));
  return refuse(
    bytes,
    other?.[1] ?? 'This file is no capture: it begins neither as pcap nor as pcapng.',
  );
}

function refuse(bytes: Bytes, message: string): PacketFile {
  const range = [0, Math.min(4, bytes.length)] as const;
  const problem: Problem = { code: 'capture/foreign-file', message, range };
  return { bytes, format: 'pcap', packets: [], problem };
}

/** Where a large file was cut by us, the cut is the problem and not the packet that it went through. */
function limited(file: PacketFile, size: number): PacketFile {
  const { problem, bytes } = file;
  const isOurs = size > bytes.length && (!problem || problem.code.endsWith('/truncated'));
  if (!isOurs) return file;
  const message = `Only the first ${MAX_FILE_BYTES / 1e6} MB are read; the file has ${Math.ceil(size / 1e6)} MB.`;
  const range = [problem?.range[0] ?? bytes.length, bytes.length] as const;
  return { ...file, problem: { code: 'capture/too-big', message, range } };
}
