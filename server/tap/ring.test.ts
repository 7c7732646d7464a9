// The ring keeps its bounds, lets the oldest go, and says how many it let go.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TapRecord } from '../../src/capture/record.ts';
import { micros } from '../../src/lib/time.ts';
import { BEGINNING, Ring } from './ring.ts';

const chunk = (seq: number, length = 10): TapRecord => ({
  kind: 'chunk',
  seq,
  at: micros(seq),
  connection: 1,
  direction: 'up',
  bytes: new Uint8Array(length),
});

function filled(count: number, limits = { bytes: 1_000_000, records: 10 }): Ring {
  const ring = new Ring(limits);
  for (let seq = 1; seq <= count; seq++) ring.push(chunk(seq));
  return ring;
}

const seqs = (records: readonly TapRecord[]): number[] => records.map(({ seq }) => seq);
const sumOf = (records: readonly TapRecord[]): number =>
  records.reduce((sum, record) => sum + (record.kind === 'chunk' ? record.bytes.length : 0), 0);

describe('the ring', () => {
  it('keeps its bounds and the newest records, whatever is pushed', () => {
    const lengths = fc.array(fc.nat(600), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(lengths, (all) => {
        const ring = new Ring({ bytes: 3_000, records: 8 });
        all.forEach((length, i) => {
          ring.push(chunk(i + 1, length));
          const kept = ring.all();
          expect(kept.length).toBeLessThanOrEqual(8);
          expect(sumOf(kept)).toBeLessThanOrEqual(3_000);
          expect(seqs(kept)).toEqual(kept.map((_, at) => i + 2 - kept.length + at));
        });
      }),
    );
  });

  it('keeps one record that is larger than everything allowed', () => {
    const ring = new Ring({ bytes: 1_000, records: 10 });
    ring.push(chunk(1));
    ring.push(chunk(2, 5_000));
    expect(seqs(ring.all())).toEqual([2]);
    ring.push(chunk(3));
    expect(seqs(ring.all())).toEqual([3]);
  });

  it('keeps its bounds over many times what it holds', () => {
    const ring = filled(10_000);
    expect(seqs(ring.all())).toEqual(Array.from({ length: 10 }, (_, i) => 9_991 + i));
    expect(ring.lastSeq).toBe(10_000);
  });

  it.each([
    ['nothing seen, nothing dropped', 5, 0, 1, 0],
    ['some seen, nothing dropped', 5, 3, 4, 0],
    ['nothing seen, five dropped', 15, 0, 6, 5],
    ['three seen, two more dropped', 15, 3, 6, 2],
    ['just what was dropped was seen', 15, 5, 6, 0],
    ['some of what is kept was seen', 15, 9, 10, 0],
  ])('after: %s', (_, pushed, seen, first, dropped) => {
    const after = filled(pushed).after({ seq: seen, bytes: seen * 10 }, 1_000_000);
    expect(after.dropped).toEqual({ records: dropped, bytes: dropped * 10 });
    expect(seqs(after.records)[0]).toBe(first);
    expect(after.end).toEqual({ seq: pushed, bytes: pushed * 10 });
  });

  it('accounts for every record and byte, however it is read', () => {
    const lengths = fc.array(fc.nat(600), { minLength: 1, maxLength: 100 });
    const readAt = fc.array(fc.nat(99), { maxLength: 10 });
    fc.assert(
      fc.property(lengths, readAt, (all, times) => {
        const ring = new Ring({ bytes: 3_000, records: 8 });
        let place = BEGINNING;
        let read = { records: 0, bytes: 0 };
        const take = (): void => {
          const { records, dropped, end } = ring.after(place, 500);
          place = end;
          read = {
            records: read.records + records.length + dropped.records,
            bytes: read.bytes + sumOf(records) + dropped.bytes,
          };
        };
        all.forEach((length, i) => {
          ring.push(chunk(i + 1, length));
          if (times.includes(i)) take();
        });
        while (place.seq < ring.lastSeq) take();
        const bytes = all.reduce((sum, length) => sum + length, 0);
        expect(read).toEqual({ records: all.length, bytes });
      }),
    );
  });

  it('gives nothing after the last, and nothing of nothing', () => {
    const none = { records: [], dropped: { records: 0, bytes: 0 } };
    const end = { seq: 5, bytes: 50 };
    expect(filled(5).after(end, 100)).toEqual({ ...none, end });
    expect(filled(0).after(BEGINNING, 100)).toEqual({ ...none, end: BEGINNING });
  });

  it('gives about as many bytes as asked, and at least one record', () => {
    expect(seqs(filled(5).after({ seq: 1, bytes: 10 }, 1).records)).toEqual([2]);
    const some = filled(10).after(BEGINNING, 1_000).records;
    expect(some.length).toBeGreaterThan(1);
    expect(some.length).toBeLessThan(10);
  });

  it('says every push until told to stop', () => {
    const ring = filled(0);
    const heard: number[] = [];
    const stop = ring.onPush(() => heard.push(ring.lastSeq));
    ring.push(chunk(1));
    ring.push(chunk(2));
    stop();
    ring.push(chunk(3));
    expect(heard).toEqual([1, 2]);
  });
});
