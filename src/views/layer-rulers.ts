// One frame as it lies in its packet: stretches of bytes in the order of the wire, each with the layer
// that wrote it. Headers below the tap are derived, unless the packets
// themselves were seen. Draws nothing.

import type { Capture, Frame } from '../capture/capture.ts';
import { type DerivedPacket, derivedPackets } from '../capture/derived-packets.ts';
import { LINK } from '../capture/link-types.ts';
import { observedPackets } from '../capture/observed-packets.ts';
import { packetLayers } from '../capture/packet-layers.ts';
import type { Bytes } from '../lib/bytes.ts';
import type { Field, Layer, Protocol } from '../wire/layer.ts';

export interface Level {
  /** `text`: what the program itself handed over. `link`: below what can be derived. */
  readonly name: Protocol | 'text' | 'link';
  /** Bytes that this level adds, in the whole message; of TCP and IP in one packet. */
  readonly size: number;
}

export interface Block {
  /** Index into `levels`. */
  readonly level: number;
  readonly name: Protocol | 'text';
  readonly bytes: Bytes;
  /** What masked bytes say. */
  readonly plain: Bytes | undefined;
  readonly isDerived: boolean;
  /** Index into the frame's layers; absent for a header of TCP or IP. */
  readonly layer?: number;
  /** What its layer says, once for each layer. */
  readonly fields: readonly Field[];
  /** What a header of TCP or IP says. */
  readonly summary?: string;
}

export interface Rulers {
  /** From the program's text down to the link. */
  readonly levels: readonly Level[];
  /** From the first byte of the packet to the last. */
  readonly blocks: readonly Block[];
  readonly packet: number;
  readonly packets: number;
  /** Whether the packets that really carried it were seen, and whether this is one of them. */
  readonly isSeen: boolean;
  readonly isObserved: boolean;
  /** Bytes of the whole frame, and of this packet with its derived headers. */
  readonly frameLength: number;
  readonly packetLength: number;
}

/**
 * The bytes of the frame in packet number `packet`, from 0; nothing for a frame without bytes. Of the packets
 * that carried it where they were seen and `way` says so; without `way`, where a usual link would need as many.
 */
export function rulersOf(
  capture: Capture,
  frame: Frame,
  packet: number,
  way?: 'observed' | 'derived',
): Rulers | undefined {
  const derived = derivedPackets(capture, frame);
  const observed = observedPackets(capture, frame);
  const isSeen = observed.length > 0;
  const isObserved =
    isSeen && (way === undefined ? observed.length === derived.length : way === 'observed');
  const packets = isObserved ? observed : derived;
  const chosen = packets[Math.min(packet, packets.length - 1)];
  if (!chosen) return undefined;
  const runs = runsOf(frame);
  const names = levelNames(runs);
  const { bytes, payloadAt, offset, tcpAt } = chosen;
  const [from, to] = [offset, offset + bytes.length - payloadAt];
  const inPacket = runs.flatMap((run) => cut(run, from, to));
  const sizes = names.map((name) =>
    runs.reduce((sum, run) => sum + (run.name === name ? run.bytes.length : 0), 0),
  );
  const levels: Level[] = [
    ...names.map((name, i) => ({ name, size: sizes[i] ?? 0 })),
    { name: 'tcp', size: payloadAt - tcpAt },
    { name: 'ip', size: tcpAt },
    { name: 'link', size: 0 },
  ];
  const first = inPacket.filter(({ name }) => name !== 'text' && name !== 'data');
  const seen = inPacket.map((run) => ({
    level: names.indexOf(run.name),
    name: run.name,
    bytes: run.bytes,
    plain: run.plain,
    isDerived: false,
    layer: run.layer,
    fields:
      first.find(({ layer }) => layer === run.layer) === run
        ? (frame.layers[run.layer]?.fields ?? [])
        : [],
  }));
  return {
    levels,
    blocks: [...headerBlocks(chosen, names.length, !isObserved), ...seen],
    isSeen,
    isObserved,
    packet: packets.indexOf(chosen),
    packets: packets.length,
    frameLength: frame.sources[0]?.bytes.length ?? 0,
    packetLength: bytes.length,
  };
}

function headerBlocks(
  { bytes, tcpAt, payloadAt }: DerivedPacket,
  tcpLevel: number,
  isDerived: boolean,
): Block[] {
  const [ip, tcp] = packetLayers(LINK.raw, bytes);
  const block = (name: 'ip' | 'tcp', level: number, own: Bytes, layer?: Layer): Block => ({
    level,
    name,
    bytes: own,
    plain: undefined,
    isDerived,
    summary: layer?.summary ?? '',
    fields: layer?.fields ?? [],
  });
  return [
    block('ip', tcpLevel + 1, bytes.subarray(0, tcpAt), ip),
    block('tcp', tcpLevel, bytes.subarray(tcpAt, payloadAt), tcp),
  ];
}

interface Run {
  readonly name: Protocol | 'text';
  readonly layer: number;
  /** How many layers carry this one. */
  readonly depth: number;
  readonly start: number;
  readonly bytes: Bytes;
  readonly plain: Bytes | undefined;
}

/** Innermost first; a protocol that occurs several times is one level. */
const levelNames = (runs: readonly Run[]): (Protocol | 'text')[] => [
  ...new Set([...runs].sort((a, b) => b.depth - a.depth).map(({ name }) => name)),
];

function cut(run: Run, from: number, to: number): Run[] {
  const [start, end] = [Math.max(run.start, from), Math.min(run.start + run.bytes.length, to)];
  if (start >= end) return [];
  const [a, b] = [start - run.start, end - run.start];
  return [{ ...run, start, bytes: run.bytes.subarray(a, b), plain: run.plain?.subarray(a, b) }];
}

/** Stretches of the frame's wire bytes that one layer wrote. */
function runsOf(frame: Frame): Run[] {
  const wire = frame.sources[0]?.bytes ?? new Uint8Array(0);
  const owner = new Int32Array(wire.length).fill(-1);
  const plain = new Int16Array(wire.length).fill(-1);
  for (const { origin, from, bytes } of frame.sources) {
    if (origin === 'unmasked' && from?.source === 0) plain.set(bytes, from.range[0]);
  }
  for (const [index, layer] of frame.layers.entries()) {
    const shift = shiftOf(frame, layer.source);
    if (shift === undefined) continue;
    const text = layer.fields.find(
      ({ spec, value }) => spec.key === 'socketio.argument' && typeof value === 'string',
    );
    owner.fill(index * 2, shift + layer.range[0], shift + layer.range[1]);
    if (!text) continue;
    const quotes = frame.sources[layer.source]?.bytes[text.range[0]] === QUOTE ? 1 : 0;
    owner.fill(index * 2 + 1, shift + text.range[0] + quotes, shift + text.range[1] - quotes);
  }
  const runs: Run[] = [];
  for (let start = 0, end = 0; start < wire.length; start = end) {
    while (end < wire.length && owner[end] === owner[start]) end++;
    const own = owner[start] ?? -1;
    const layer = own >> 1;
    const isText = own >= 0 && own % 2 === 1;
    runs.push({
      name: isText ? 'text' : (frame.layers[layer]?.protocol ?? 'data'),
      layer: Math.max(0, layer),
      depth: depthOf(frame, layer) + (isText ? 1 : 0),
      start,
      bytes: wire.subarray(start, end),
      plain: plain[start] === -1 ? undefined : Uint8Array.from(plain.subarray(start, end)),
    });
  }
  return runs;
}

const QUOTE = 0x22;

/** From a source's offsets to the wire's; `undefined` where lengths changed on the way. */
function shiftOf({ sources }: Frame, index: number): number | undefined {
  if (index === 0) return 0;
  const source = sources[index];
  const isSameLength = source?.origin === 'unmasked' && source.from?.source === 0;
  return isSameLength ? source.from?.range[0] : undefined;
}

function depthOf({ layers }: Frame, index: number): number {
  const parent = layers[index]?.parent;
  return parent === undefined ? 0 : depthOf({ layers } as Frame, parent) + 1;
}
