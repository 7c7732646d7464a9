// Packets out of tcpdump's output while it comes, each with the way it went as Linux saw it. Knows no
// packet and no lab.

import { LINK } from '../../src/capture/link-types.ts';

export interface ReadPacket {
  readonly linkType: number;
  /** From the link header on. */
  readonly bytes: Uint8Array;
  readonly way: 'to this host' | 'sent by this host' | 'elsewhere';
}

const FILE_HEADER = 24;
const RECORD_HEADER = 16;

/** tcpdump writes in the byte order of the machine, which is the one that all of ours have. */
export class PcapReader {
  #rest = Buffer.alloc(0);
  #linkType: number | undefined;

  push(piece: Buffer): ReadPacket[] {
    this.#rest = Buffer.concat([this.#rest, piece]);
    if (this.#linkType === undefined) {
      if (this.#rest.length < FILE_HEADER) return [];
      this.#linkType = this.#rest.readUInt32LE(20) & 0xffff;
      this.#rest = this.#rest.subarray(FILE_HEADER);
    }
    const packets: ReadPacket[] = [];
    while (this.#rest.length >= RECORD_HEADER) {
      const end = RECORD_HEADER + this.#rest.readUInt32LE(8);
      if (this.#rest.length < end) break;
      const bytes = Uint8Array.from(this.#rest.subarray(RECORD_HEADER, end));
      packets.push({ linkType: this.#linkType, bytes, way: wayOf(this.#linkType, bytes) });
      this.#rest = this.#rest.subarray(end);
    }
    return packets;
  }
}

/** The packet type of LINUX_SLL and LINUX_SLL2 (tcpdump.org/linktypes). */
function wayOf(linkType: number, bytes: Uint8Array): ReadPacket['way'] {
  const type = linkType === LINK.cooked2 ? bytes[10] : linkType === LINK.cooked ? bytes[1] : 255;
  return type === 0 ? 'to this host' : type === 4 ? 'sent by this host' : 'elsewhere';
}
