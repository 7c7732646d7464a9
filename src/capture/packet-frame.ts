// One packet as the views draw it: its own layers, and those of the messages whose last byte it brought.
// Made when somebody looks, and not kept.

import type { Bytes } from '../lib/bytes.ts';
import { micros } from '../lib/time.ts';
import type { Field, Layer, Source } from '../wire/layer.ts';
import { readTcp } from '../wire/tcp.ts';
import type { Capture, Connection, Frame } from './capture.ts';
import type { PacketAnalysis } from './packet-analysis.ts';
import { SEGMENT } from './packet-fields.ts';
import type { FilePacket } from './packet-file.ts';
import { packetLayers } from './packet-layers.ts';
import type { PacketPlace, PacketPlaces } from './packet-streams.ts';
import { type SegmentRole, seqDistance } from './reassembly.ts';

/** Its bytes and its own layers, without the messages above TCP. */
export function ownLayers(
  places: PacketPlaces,
  index: number,
): { readonly bytes: Bytes; readonly layers: Layer[] } {
  const { file } = places;
  const packet = file.packets[index] as FilePacket;
  const bytes = file.bytes.subarray(packet.start, packet.end);
  const place = places.placeOf(index);
  const layers = packetLayers(packet.linkType, bytes).map((layer) =>
    place && layer.protocol === 'tcp' ? withPlace(layer, bytes, place) : layer,
  );
  return { bytes, layers };
}

/** The packet with that index, which must be in the file. */
export function packetFrame(analysis: PacketAnalysis, index: number): Frame {
  const { bytes, layers } = ownLayers(analysis, index);
  const place = analysis.placeOf(index);
  const sources: Source[] = [{ origin: 'wire', bytes }];
  for (const message of analysis.messagesOf(index)) {
    addMessage(analysis, index, message, layers, sources);
  }
  const at = micros(analysis.timeOf(index));
  return {
    id: index,
    firstAt: at,
    at,
    connection: place?.connection.id ?? 0,
    direction: place?.connection.directionOf(place.side) ?? 'up',
    offset: 0,
    sources,
    layers,
  };
}

const ROLE_FIELDS: Readonly<Partial<Record<SegmentRole, Field['spec']>>> = {
  retransmission: SEGMENT.retransmission,
  overlap: SEGMENT.overlap,
  'out-of-order': SEGMENT.outOfOrder,
  'after-gap': SEGMENT.afterGap,
};

/** Adds what the connection tells about the segment. */
function withPlace(layer: Layer, bytes: Bytes, { connection, side, role }: PacketPlace): Layer {
  const [start, end] = layer.range;
  const segment = readTcp(bytes.subarray(start, end));
  if (!segment) return layer;
  const mine = connection.firstSeq(side);
  const theirs = connection.firstSeq(side === 0 ? 1 : 0);
  const fields: Field[] = [
    ...layer.fields,
    { spec: SEGMENT.stream, range: [start, start + 4], value: connection.id - 1 },
    { spec: SEGMENT.length, range: [start, end], value: segment.payload.length },
  ];
  const relative = (from: number, value: number) => seqDistance(from, value) >>> 0;
  if (mine !== undefined) {
    const value = relative(mine, segment.seq);
    fields.push({ spec: SEGMENT.seq, range: [start + 4, start + 8], value });
  }
  if (theirs !== undefined && segment.flags & 0x10) {
    const value = relative(theirs, segment.ack);
    fields.push({ spec: SEGMENT.ack, range: [start + 8, start + 12], value });
  }
  const said = role && ROLE_FIELDS[role];
  if (said) fields.push({ spec: said, range: [start, end], value: true });
  return { ...layer, fields };
}

/**
 * A message that lies in this packet alone points into it; the bytes of one that several packets
 * carried are a source of their own.
 */
function addMessage(
  analysis: PacketAnalysis,
  index: number,
  message: Frame,
  layers: Layer[],
  sources: Source[],
): void {
  const tcp = layers.findIndex(({ protocol }) => protocol === 'tcp');
  const shift = shiftInto(analysis, index, message, layers[tcp]);
  const firstSource = sources.length - (shift === undefined ? 0 : 1);
  const firstLayer = layers.length;
  const sourceOf = (source: number) =>
    source === 0 && shift !== undefined ? 0 : source + firstSource;
  const moved = (source: number, [from, to]: readonly [number, number]) => {
    const by = source === 0 ? (shift ?? 0) : 0;
    return [from + by, to + by] as const;
  };
  for (const [i, source] of message.sources.entries()) {
    if (i === 0 && shift !== undefined) continue;
    if (i === 0) sources.push({ origin: 'reassembled', bytes: source.bytes });
    else if (!source.from) sources.push(source);
    else {
      const { source: from, range } = source.from;
      sources.push({ ...source, from: { source: sourceOf(from), range: moved(from, range) } });
    }
  }
  for (const layer of message.layers) {
    const { source } = layer;
    const parent = layer.parent === undefined ? tcp : layer.parent + firstLayer;
    layers.push({
      ...layer,
      source: sourceOf(source),
      range: moved(source, layer.range),
      fields: layer.fields.map((field) => ({ ...field, range: moved(source, field.range) })),
      problems: layer.problems.map((one) => ({ ...one, range: moved(source, one.range) })),
      ...(parent < 0 ? {} : { parent }),
    });
  }
}

/** Where the message begins in the packet, if it lies in it whole. */
function shiftInto(
  analysis: PacketAnalysis,
  index: number,
  message: Frame,
  tcp: Layer | undefined,
): number | undefined {
  const { connection, direction, offset, sources } = message;
  const length = sources[0]?.bytes.length ?? 0;
  const piece = analysis.connections[connection - 1]?.pieceAt(direction, offset);
  if (!tcp || piece?.packet !== index || offset + length > piece.end) return undefined;
  // What was new in the segment is its end, up to the padding of the link.
  return tcp.range[1] - (piece.end - offset);
}

/** All packets as a capture of frames, each made when it is asked for. */
export function packetCapture(analysis: PacketAnalysis): Capture {
  const { packets } = analysis.file;
  const connections: Connection[] = analysis.connections.map(({ id, client, server }) => ({
    id,
    lane: '',
    client,
    server,
    openedAt: micros(0),
    role: 'unknown',
  }));
  return {
    ...analysis.messages,
    connections,
    frames: lazily(packets.length, (i) => packetFrame(analysis, i)),
    pairs: [],
  };
}

/** How many frames are kept made: some screens of rows. */
const KEPT = 200;

/** A list whose items are made when they are read. */
function lazily<T>(length: number, make: (index: number) => T): readonly T[] {
  const kept = new Map<number, T>();
  const get = (index: number): T => {
    const known = kept.get(index);
    if (known !== undefined) return known;
    if (kept.size >= KEPT) kept.clear();
    const made = make(index);
    kept.set(index, made);
    return made;
  };
  return new Proxy(Array.from<T>({ length: 0 }), {
    get(target, key, receiver) {
      if (key === 'length') return length;
      const index = typeof key === 'string' && /^\d+$/.test(key) ? Number(key) : length;
      return index < length ? get(index) : Reflect.get(target, key, receiver);
    },
  });
}
