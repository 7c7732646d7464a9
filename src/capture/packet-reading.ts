// What a packet of a capture holds, with TCP's numbers counted from the beginning of its connection.
// Knows what a dissection says; says nothing in words.

import { decodeUtf8 } from '../lib/utf8.ts';
import { fieldValue, type Layer } from '../wire/layer.ts';
import type { Capture, Frame } from './capture.ts';

/** The transport header's layer; absent for a piece of a packet. */
export const transportOf = ({ layers }: Frame): Layer | undefined => layers[1];

export const isTcp = (frame: Frame): boolean => transportOf(frame)?.protocol === 'tcp';

const flag = (layer: Layer, name: string): boolean =>
  fieldValue(layer, `tcp.flags.${name}`) === true;

export interface SegmentNumbers {
  /** Of the first byte, relative: the SYN is 0, the first byte of data is 1. */
  readonly seq: number;
  readonly length: number;
  readonly ack: number | undefined;
  readonly flags: readonly string[];
}

const bases = new WeakMap<Capture, ReadonlyMap<string, number>>();

/** The initial sequence numbers, of each connection and direction. */
function basesOf(capture: Capture): ReadonlyMap<string, number> {
  const known = bases.get(capture);
  if (known) return known;
  const found = new Map<string, number>();
  for (const frame of capture.frames) {
    const layer = transportOf(frame);
    if (layer?.protocol !== 'tcp' || !flag(layer, 'syn')) continue;
    found.set(`${frame.connection} ${frame.direction}`, Number(fieldValue(layer, 'tcp.seq_raw')));
  }
  bases.set(capture, found);
  return found;
}

const FLAG_NAMES = [
  ['syn', 'SYN'],
  ['fin', 'FIN'],
  ['reset', 'RST'],
] as const;

/** `undefined` for what is no TCP segment. */
export function segmentNumbers(capture: Capture, frame: Frame): SegmentNumbers | undefined {
  const layer = transportOf(frame);
  if (layer?.protocol !== 'tcp') return undefined;
  const known = basesOf(capture);
  const relative = (key: string, direction: Frame['direction']): number => {
    const base = known.get(`${frame.connection} ${direction}`) ?? 0;
    return (Number(fieldValue(layer, key)) - base) >>> 0;
  };
  const other = frame.direction === 'up' ? 'down' : 'up';
  return {
    seq: relative('tcp.seq_raw', frame.direction),
    length: payloadRange(frame)[1] - payloadRange(frame)[0],
    ack: flag(layer, 'ack') ? relative('tcp.ack_raw', other) : undefined,
    flags: FLAG_NAMES.filter(([name]) => flag(layer, name)).map(([, word]) => word),
  };
}

/** Where the data of the segment or datagram lies in the packet's bytes. */
export function payloadRange(frame: Frame): readonly [number, number] {
  const layer = transportOf(frame);
  if (!layer) return [20, frame.sources[0]?.bytes.length ?? 0];
  const [start, end] = layer.range;
  const header = layer.protocol === 'tcp' ? Number(fieldValue(layer, 'tcp.hdr_len') ?? 20) : 8;
  return [Math.min(end, start + header), end];
}

/** The data as text. */
export function payloadText(frame: Frame): string {
  const [start, end] = payloadRange(frame);
  return decodeUtf8(frame.sources[0]?.bytes.subarray(start, end) ?? new Uint8Array(0)).text;
}

/** Where the data of a piece of a packet stands in the whole. */
export function fragmentOffset({ layers: [ip] }: Frame): number {
  return Number((ip && fieldValue(ip, 'ip.frag_offset')) ?? 0);
}
