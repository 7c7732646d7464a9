// What the link's records say about frames: when each was at the lab's end, and which died on the way.
// Reads no bytes.

import type { Frame } from './capture.ts';
import type { Chunk, Direction, Lost, Passed } from './record.ts';

interface Marks {
  /** Where the lost bytes begin. */
  lostFrom: number;
  /** What is known before its frames are whole. */
  passed: Passed[];
}

export class LinkMarks {
  readonly #frames: Frame[];
  readonly #marks = new Map<string, Marks>();

  /** `frames` is the analyzer's own list: a mark replaces the frame that it is about. */
  constructor(frames: Frame[]) {
    this.#frames = frames;
  }

  /** What never crossed the socket is given back, to be read like the rest; its frames are lost. */
  take(record: Passed | Lost): Chunk[] {
    const marks = this.#of(record);
    if (record.kind === 'passed') marks.passed.push(record);
    else marks.lostFrom = Math.min(marks.lostFrom, record.from);
    this.#again(record);
    const bytes = record.kind === 'lost' ? record.bytes : undefined;
    return bytes ? [{ ...record, kind: 'chunk', bytes }] : [];
  }

  /** A frame was added to the list: what is known of it already is put on it. */
  added(id: number): void {
    const frame = this.#frames[id];
    const marks = frame && this.#marks.get(keyOf(frame));
    if (!marks) return;
    const last = lastByteOf(frame);
    const passed = marks.passed.find(({ from, offset }) => last >= from && last < offset);
    const isLost = last >= marks.lostFrom;
    // Frames of one direction come in order, so that what lies before this one is settled.
    marks.passed = marks.passed.filter(({ offset }) => offset > last);
    if (!passed && !isLost) return;
    this.#frames[id] = {
      ...frame,
      ...(passed ? { passedAt: passed.at } : {}),
      ...(isLost ? { lost: true } : {}),
    };
  }

  /** The newest frames of that connection and direction, as long as they are concerned. */
  #again({ connection, direction, from }: Passed | Lost): void {
    for (let id = this.#frames.length - 1; id >= 0; id--) {
      const frame = this.#frames[id] as Frame;
      if (frame.connection !== connection || frame.direction !== direction) continue;
      if (lastByteOf(frame) < from) return;
      this.added(id);
    }
  }

  #of(record: Passed | Lost): Marks {
    const known = this.#marks.get(keyOf(record));
    if (known) return known;
    const marks: Marks = { lostFrom: Number.POSITIVE_INFINITY, passed: [] };
    this.#marks.set(keyOf(record), marks);
    return marks;
  }
}

interface Where {
  readonly connection: number;
  readonly direction: Direction;
}

const keyOf = ({ connection, direction }: Where): string => `${connection} ${direction}`;

const lastByteOf = ({ offset, sources }: Frame): number =>
  offset + (sources[0]?.bytes.length ?? 0) - 1;
