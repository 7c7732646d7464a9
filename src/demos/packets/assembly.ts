// Which part of which message each packet carries, and when it was there. Read from the packets alone.

import type { Capture, Frame } from '../../capture/capture.ts';
import {
  fragmentOffset,
  payloadRange,
  payloadText,
  segmentNumbers,
  transportOf,
} from '../../capture/packet-reading.ts';
import { fieldValue } from '../../wire/layer.ts';

export interface Piece {
  /** As a share of the whole. */
  readonly from: number;
  readonly to: number;
  readonly label: string;
  /** When it first arrived, if it did. */
  readonly arrivedAt?: number;
  readonly frame: number;
}

export interface Whole {
  readonly name: string;
  readonly pieces: readonly Piece[];
}

interface Part {
  readonly whole: string;
  readonly from: number;
  readonly to: number;
  /** Where units are counted and not bytes. */
  readonly total?: number;
}

const NUMBERED = /^m(\d+) +(\d+)\/(\d+) /;

function partOf(capture: Capture, frame: Frame): Part | undefined {
  if (frame.direction !== 'up') return undefined;
  const segment = segmentNumbers(capture, frame);
  if (segment) {
    if (segment.length === 0) return undefined;
    return { whole: 'The stream', from: segment.seq - 1, to: segment.seq - 1 + segment.length };
  }
  const numbered = transportOf(frame) ? NUMBERED.exec(payloadText(frame)) : null;
  if (numbered) {
    const [message, number, total] = numbered.slice(1).map(Number) as [number, number, number];
    return { whole: `Message ${message}`, from: number - 1, to: number, total };
  }
  const [ip] = frame.layers;
  const [start, end] = payloadRange(frame);
  const offset = transportOf(frame) ? 0 : fragmentOffset(frame);
  const id = Number((ip && fieldValue(ip, 'ip.id')) ?? 0);
  return {
    whole: id === 0 ? 'The datagram' : `Datagram ${id}`,
    from: offset,
    to: offset + end - start,
  };
}

/** Every whole that was sent, in order. */
export function assemblyOf(capture: Capture): readonly Whole[] {
  const wholes = new Map<string, Map<number, { part: Part; frame: Frame; arrivedAt?: number }>>();
  for (const frame of capture.frames) {
    const part = partOf(capture, frame);
    if (!part) continue;
    const known = wholes.get(part.whole) ?? new Map();
    wholes.set(part.whole, known);
    const before = known.get(part.from);
    const arrivedAt = frame.transit?.arrivedAt ?? Number.POSITIVE_INFINITY;
    if (before && (before.arrivedAt ?? Number.POSITIVE_INFINITY) <= arrivedAt) continue;
    known.set(part.from, { part, frame, ...(Number.isFinite(arrivedAt) ? { arrivedAt } : {}) });
  }
  return [...wholes].map(([name, parts]) => {
    const all = [...parts.values()].sort((a, b) => a.part.from - b.part.from);
    const total = all.reduce((most, { part }) => Math.max(most, part.total ?? part.to), 1);
    const pieces = all.map(({ part, frame, arrivedAt }, i) => ({
      from: part.from / total,
      to: part.to / total,
      label: String(i + 1),
      frame: frame.id,
      ...(arrivedAt === undefined ? {} : { arrivedAt }),
    }));
    return { name, pieces };
  });
}
