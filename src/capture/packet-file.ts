// What a capture file gives, whatever its format: packets with their times and where they lie in the
// file. Knows nothing of what a packet holds.

import type { Bytes } from '../lib/bytes.ts';
import type { Problem } from '../wire/layer.ts';

/** Beyond them nothing is read, so that no file can use up the memory. */
export const MAX_FILE_BYTES = 50_000_000;
export const MAX_PACKETS = 200_000;

/** One packet; its bytes are `[start, end)` of the file. */
export interface FilePacket {
  /** µs, by the file's own clock: mostly since 1970. */
  readonly at: number;
  readonly linkType: number;
  readonly start: number;
  readonly end: number;
  /** Bytes that the packet had on the wire: more than were kept, where the capture was cut. */
  readonly length: number;
  /** Where the record or block that holds it begins. */
  readonly block: number;
}

export interface PacketFile {
  readonly bytes: Bytes;
  readonly format: 'pcap' | 'pcapng';
  readonly packets: readonly FilePacket[];
  /** Where reading stopped, and why; its range are offsets in the file. */
  readonly problem?: Problem;
}
