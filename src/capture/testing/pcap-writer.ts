// Writes pcap files of any byte order for tests: nothing in the product writes this format.

interface Shape {
  readonly isLittle: boolean;
  readonly isNano: boolean;
  readonly linkType: number;
}

/** Each packet a second and a microsecond after the one before. */
export function pcapFile(
  packets: readonly Uint8Array[],
  { isLittle, isNano, linkType }: Shape,
): Uint8Array {
  const size = packets.reduce((sum, { length }) => sum + 16 + length, 24);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  const word = (at: number, value: number) => view.setUint32(at, value, isLittle);
  word(0, isNano ? 0xa1b2_3c4d : 0xa1b2_c3d4);
  view.setUint16(4, 2, isLittle);
  view.setUint16(6, 4, isLittle);
  word(16, 262_144);
  word(20, linkType);
  let at = 24;
  for (const [i, packet] of packets.entries()) {
    word(at, 1_700_000_000 + i);
    word(at + 4, isNano ? i * 1000 : i);
    word(at + 8, packet.length);
    word(at + 12, packet.length);
    bytes.set(packet, at + 16);
    at += 16 + packet.length;
  }
  return bytes;
}
