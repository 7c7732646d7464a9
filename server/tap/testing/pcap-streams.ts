// The payload of every TCP direction in a pcap file of Ethernet and IPv4, put together by sequence
// number. Independent of everything that it witnesses, so it shares no reader with it.

/** Payloads by `SOURCE PORT>DESTINATION PORT`. */
export type Streams = ReadonlyMap<string, Buffer>;

interface Segment {
  readonly stream: string;
  readonly seq: number;
  readonly isSyn: boolean;
  readonly payload: Buffer;
}

const LINKTYPE_EN10MB = 1;
const IPV4 = 0x0800;
const TCP = 6;
const SYN = 0x02;

/** A packet at the end that is not whole yet is left out. Throws where the file is not of this kind. */
export function readPcapStreams(file: Buffer): Streams {
  if (file.length < 24) return new Map();
  if (file.readUInt32LE(0) !== 0xa1b2c3d4) throw new Error('not a little-endian pcap file');
  if (file.readUInt32LE(20) !== LINKTYPE_EN10MB) throw new Error('not LINKTYPE_EN10MB');
  const segments = new Map<string, Segment[]>();
  for (let at = 24; at + 16 <= file.length; ) {
    const length = file.readUInt32LE(at + 8);
    if (file.readUInt32LE(at + 12) !== length) throw new Error('a packet was cut short');
    if (at + 16 + length > file.length) break;
    const segment = readSegment(file.subarray(at + 16, at + 16 + length));
    if (segment) segments.set(segment.stream, [...(segments.get(segment.stream) ?? []), segment]);
    at += 16 + length;
  }
  return new Map([...segments].map(([stream, all]) => [stream, reassemble(all)]));
}

function readSegment(packet: Buffer): Segment | undefined {
  if (packet.readUInt16BE(12) !== IPV4) return undefined;
  const ip = packet.subarray(14);
  if (ip.readUInt8(9) !== TCP) return undefined;
  const tcp = ip.subarray((ip.readUInt8(0) & 0x0f) * 4, ip.readUInt16BE(2));
  return {
    stream: `${tcp.readUInt16BE(0)}>${tcp.readUInt16BE(2)}`,
    seq: tcp.readUInt32BE(4),
    isSyn: (tcp.readUInt8(13) & SYN) !== 0,
    payload: tcp.subarray((tcp.readUInt8(12) >> 4) * 4),
  };
}

/** Everything up to the first gap; what was sent again counts once. */
function reassemble(segments: readonly Segment[]): Buffer {
  const syn = segments.find(({ isSyn }) => isSyn);
  if (!syn) return Buffer.alloc(0);
  const placed = segments
    .filter(({ isSyn, payload }) => !isSyn && payload.length > 0)
    .map(({ seq, payload }) => ({ at: (seq - syn.seq - 1) >>> 0, payload }))
    .sort((a, b) => a.at - b.at);
  const parts: Buffer[] = [];
  let end = 0;
  for (const { at, payload } of placed) {
    if (at > end) break;
    if (at + payload.length <= end) continue;
    parts.push(payload.subarray(end - at));
    end = at + payload.length;
  }
  return Buffer.concat(parts);
}
