// A viewer gets one part at a time: a slow one loses records, and slows nobody.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TapRecords } from '../../src/contract/labs.ts';
import { micros } from '../../src/lib/time.ts';
import { BEGINNING, Ring } from './ring.ts';
import { GAP_MS, watch } from './viewer.ts';

const KEPT = 20;

function push(ring: Ring, count: number): void {
  for (let i = 0; i < count; i++) {
    const seq = ring.lastSeq + 1;
    const stamp = { seq, at: micros(seq), connection: 1 };
    ring.push({ kind: 'chunk', ...stamp, direction: 'up', bytes: new Uint8Array(10) });
  }
}

/** A viewer that acknowledges when told to, and says when a part has come. */
function startViewer(ring: Ring, after = BEGINNING) {
  const parts: TapRecords[] = [];
  const waiting: { taken(): void; gone(why: Error): void }[] = [];
  const stop = watch('abcdefghij', ring, after, (part) => {
    parts.push(part);
    return new Promise((taken, gone) => waiting.push({ taken, gone }));
  });
  return { parts, stop, next: () => waiting.shift() };
}

const seqsOf = (part: TapRecords | undefined) => part?.records.map(({ seq }) => seq);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Everything that was already due has run, and the time between two parts has passed. */
const settled = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(GAP_MS));

describe('a viewer of a tap', () => {
  it('that never acknowledges gets one part and does not stop the ring', async () => {
    const ring = new Ring({ bytes: 1_000_000, records: KEPT });
    const { parts } = startViewer(ring);
    push(ring, 5_000);
    await settled();
    expect(parts).toHaveLength(1);
    expect(ring.lastSeq).toBe(5_000);
    expect(ring.all()).toHaveLength(KEPT);
  });

  it('is told how many records and bytes it lost by being slow', async () => {
    const ring = new Ring({ bytes: 1_000_000, records: KEPT });
    const { parts, next } = startViewer(ring);
    push(ring, 100);
    next()?.taken();
    await settled();
    expect(seqsOf(parts[0])).toEqual([1]);
    expect(seqsOf(parts[1])).toEqual(Array.from({ length: KEPT }, (_, i) => 81 + i));
    expect(parts.map(({ dropped }) => dropped)).toEqual([
      { records: 0, bytes: 0 },
      { records: 79, bytes: 790 },
    ]);
  });

  it('gets the first record at once, and what comes close behind it in one part', async () => {
    const ring = new Ring({ bytes: 1_000_000, records: KEPT });
    const { parts, next } = startViewer(ring);
    push(ring, 1);
    expect(parts.map(seqsOf)).toEqual([[1]]);
    next()?.taken();
    for (let i = 1; i < GAP_MS; i++) {
      await vi.advanceTimersByTimeAsync(1);
      if (i % 10 === 0) push(ring, 1);
    }
    expect(parts).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(parts.map(seqsOf)).toEqual([[1], [2, 3, 4]]);
  });

  it('gets what is there already, after what it has', async () => {
    const ring = new Ring({ bytes: 1_000_000, records: KEPT });
    push(ring, 5);
    const { parts, next } = startViewer(ring, { seq: 3, bytes: 30 });
    expect(seqsOf(parts[0])).toEqual([4, 5]);
    next()?.taken();
    push(ring, 1);
    await settled();
    expect(seqsOf(parts[1])).toEqual([6]);
  });

  it('gets no more after it stopped or was gone', async () => {
    const ring = new Ring({ bytes: 1_000_000, records: KEPT });
    const stopped = startViewer(ring);
    const gone = startViewer(ring);
    push(ring, 1);
    stopped.stop();
    stopped.next()?.taken();
    gone.next()?.gone(new Error('the viewer is gone'));
    await settled();
    push(ring, 1);
    await settled();
    expect(stopped.parts).toHaveLength(1);
    expect(gone.parts).toHaveLength(1);
  });
});
