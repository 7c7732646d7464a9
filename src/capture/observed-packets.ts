// The IP packets that really carried one frame, where the server's system was asked for them: found by
// sequence number, once one packet of the direction has shown where its stream begins.

import type { Bytes } from '../lib/bytes.ts';
import type { Capture, Frame } from './capture.ts';
import type { DerivedPacket } from './derived-packets.ts';
import { ipParts, tcpHeader } from './packet-headers.ts';
import { seqDistance } from './reassembly.ts';
import type { SeenPacket } from './record.ts';

interface Segment {
  readonly bytes: Bytes;
  readonly tcpAt: number;
  readonly payloadAt: number;
  readonly seq: number;
}

/** In order; nothing where not every byte of the frame was seen in a packet. */
export function observedPackets(
  { frames, packets = [] }: Pick<Capture, 'frames' | 'packets'>,
  frame: Frame,
): readonly DerivedPacket[] {
  const { connection, direction } = frame;
  const isSame = (one: Frame | SeenPacket): boolean =>
    one.connection === connection && one.direction === direction;
  const segments = packets.filter(isSame).flatMap(segmentOf);
  const begin = beginOf(frames.filter(isSame), segments);
  if (begin === undefined) return [];
  const size = wireBytes(frame).length;
  const found: DerivedPacket[] = [];
  let next = 0;
  for (const { bytes, tcpAt, payloadAt, seq } of segments) {
    // Where its payload begins, counted from the frame's first byte; before it is negative.
    const offset = seqDistance((begin + frame.offset) >>> 0, seq);
    const end = offset + bytes.length - payloadAt;
    if (offset > next || end <= next || next >= size) continue;
    found.push({ bytes, tcpAt, payloadAt, offset });
    next = end;
  }
  return next >= size && size > 0 ? found : [];
}

const wireBytes = ({ sources }: Frame): Bytes => sources[0]?.bytes ?? new Uint8Array(0);

function segmentOf({ bytes }: SeenPacket): Segment[] {
  const ip = ipParts(bytes, 0, bytes.length);
  const header = ip && tcpHeader(bytes, ip.payloadAt, ip.end);
  if (!ip || !header || header.payloadAt >= ip.end) return [];
  const { seq, payloadAt } = header;
  return [{ bytes: bytes.subarray(0, ip.end), tcpAt: ip.payloadAt, payloadAt, seq }];
}

/** Fewer bytes of a frame may be found elsewhere by chance, as those of a ping. */
const TELLING = 24;

/** The sequence number of the stream's first byte. */
function beginOf(frames: readonly Frame[], segments: readonly Segment[]): number | undefined {
  for (const frame of frames) {
    const wanted = wireBytes(frame);
    if (wanted.length < TELLING) continue;
    for (const { bytes, payloadAt, seq } of segments) {
      const at = indexOf(bytes.subarray(payloadAt), wanted);
      if (at >= 0) return (seq + at - frame.offset) >>> 0;
    }
  }
  return undefined;
}

/** Where `wanted` begins in `bytes`, as far as it is there. */
function indexOf(bytes: Bytes, wanted: Bytes): number {
  for (let at = 0; at + TELLING <= bytes.length; at++) {
    const length = Math.min(wanted.length, bytes.length - at);
    let i = 0;
    while (i < length && bytes[at + i] === wanted[i]) i++;
    if (i === length) return at;
  }
  return -1;
}
