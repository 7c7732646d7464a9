// A packet as a filter asks about it: the layers of one protocol, made only when they are asked for.

import type { Layer, Source } from '../wire/layer.ts';
import { protocolOfKey } from './filter-names.ts';
import type { PacketAnalysis } from './packet-analysis.ts';
import { FRAME } from './packet-fields.ts';
import type { FilePacket } from './packet-file.ts';
import { ownLayers } from './packet-frame.ts';

/** A layer, and the bytes that its ranges point into. */
export interface FoundLayer {
  readonly layer: Layer;
  readonly sources: readonly Source[];
}

export interface FilterSubject {
  /** Layers with a field of that protocol, by the first part of its key: `ip`, `ipv6`, `tcp`. */
  layersOf(protocol: string): readonly FoundLayer[];
}

/** Of these only the messages know: the packet's own headers need not be read. */
const ABOVE_TCP: ReadonlySet<string> = new Set(['http', 'websocket', 'engineio', 'socketio']);

export function filterSubject(analysis: PacketAnalysis, packet: number): FilterSubject {
  let own: FoundLayer[] | undefined;
  return {
    layersOf(protocol) {
      if (protocol === 'frame') return [recordLayer(analysis, packet)];
      if (ABOVE_TCP.has(protocol)) return messageLayers(analysis, packet, protocol);
      own ??= ownLayersOf(analysis, packet);
      return own.filter(({ layer }) => speaks(layer, protocol));
    },
  };
}

/** By its fields: an IPv6 packet is of protocol `ip` here, and of `ipv6` in a filter. */
const speaks = ({ fields }: Layer, protocol: string): boolean =>
  fields.some(({ spec }) => protocolOfKey(spec.key) === protocol);

function ownLayersOf(analysis: PacketAnalysis, packet: number): FoundLayer[] {
  const { bytes, layers } = ownLayers(analysis, packet);
  const sources = [{ origin: 'wire', bytes }] as const;
  return layers.map((layer) => ({ layer, sources }));
}

function messageLayers(analysis: PacketAnalysis, packet: number, protocol: string): FoundLayer[] {
  return analysis
    .messagesOf(packet)
    .flatMap(({ layers, sources }) =>
      layers
        .filter((layer) => layer.protocol === protocol || speaks(layer, protocol))
        .map((layer) => ({ layer, sources })),
    );
}

/** What the file says about the packet, as a layer around it. */
function recordLayer(analysis: PacketAnalysis, index: number): FoundLayer {
  const { bytes, packets } = analysis.file;
  const { start, end, length } = packets[index] as FilePacket;
  const range = [0, end - start] as const;
  const fields = [
    { spec: FRAME.number, range, value: index + 1 },
    { spec: FRAME.time, range, value: analysis.timeOf(index) / 1_000_000 },
    { spec: FRAME.length, range, value: length },
    { spec: FRAME.kept, range, value: end - start },
  ];
  const layer: Layer = { protocol: 'data', source: 0, range, summary: '', fields, problems: [] };
  return { layer, sources: [{ origin: 'wire', bytes: bytes.subarray(start, end) }] };
}
