import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { micros } from '../lib/time.ts';
import type { Capture } from './capture.ts';
import { createTimeLens, describeStretch } from './time-lens.ts';

const captureAt = (times: readonly number[], endAt = times.at(-1) ?? 0): Capture => ({
  provenance: 'recorded',
  connections: [],
  frames: times.map((at, id) => ({
    id,
    firstAt: micros(at),
    at: micros(at),
    connection: 1,
    direction: 'up',
    offset: 0,
    sources: [],
    layers: [],
  })),
  pairs: [],
  faults: [],
  notes: [],
  dropped: { records: 0, bytes: 0 },
  endAt: micros(endAt),
});

const instants = fc
  .array(fc.oneof(fc.nat(500), fc.nat(40_000_000)), { maxLength: 120 })
  .map((gaps) => {
    let at = 0;
    return gaps.map((gap) => {
      at += gap;
      return at;
    });
  });

describe('the time lens', () => {
  it('never runs backwards, and its two directions undo each other', () => {
    fc.assert(
      fc.property(instants, fc.double({ min: 0, max: 1, noNaN: true }), (times, part) => {
        const lens = createTimeLens(captureAt(times));
        const [first = 0, last = 0] = [times[0], times.at(-1)];
        const at = first + part * (last - first);
        expect(lens.toCapture(lens.toShown(at))).toBeCloseTo(at, 2);
        const shown = part * lens.totalMs;
        expect(lens.toShown(lens.toCapture(shown))).toBeCloseTo(shown, 2);
        expect(lens.toShown(at + 1)).toBeGreaterThanOrEqual(lens.toShown(at));
        expect(lens.stretchAt(at)).toBeGreaterThan(0);
      }),
    );
  });

  it('clamps to the capture', () => {
    const lens = createTimeLens(captureAt([100, 200]));
    expect([lens.toShown(-5), lens.toShown(9_999)]).toEqual([0, lens.totalMs]);
    expect([lens.toCapture(-5), lens.toCapture(1e9)]).toEqual([100, 200]);
  });

  it('gives two frames 45 µs apart 450 ms: 10 000 times slower', () => {
    const lens = createTimeLens(captureAt([0, 45]));
    expect(lens.toShown(45)).toBe(450);
    expect(describeStretch(lens.stretchAt(10))).toBe('10\u00a0000 times slower');
  });

  it('shows a silence of 25 s in about 3 s, and of an hour in under 7 s', () => {
    expect(createTimeLens(captureAt([0, 25_000_000])).totalMs).toBeCloseTo(3058, 0);
    expect(createTimeLens(captureAt([0, 3_600_000_000])).totalMs).toBeLessThan(7_000);
  });

  it('hurries through a long run, and not through what comes after the pause', () => {
    const run = Array.from({ length: 1_001 }, (_, i) => i * 10);
    const lens = createTimeLens(captureAt([...run, 5_010_000, 5_010_010]));
    expect(lens.toShown(10_000)).toBeLessThan(125_000);
    expect(lens.toShown(5_010_010) - lens.toShown(5_010_000)).toBe(450);
  });

  it('shows what follows the last frame, and an empty capture', () => {
    expect(createTimeLens(captureAt([0], 900_000)).totalMs).toBe(900);
    const empty = createTimeLens(captureAt([], 7));
    expect([empty.totalMs, empty.toShown(3), empty.toCapture(3)]).toEqual([0, 0, 7]);
    expect(empty.stretchAt(7)).toBe(1);
  });
});

it('says a stretch in words', () => {
  expect(describeStretch(1 / 3)).toBe('3 times faster');
  expect(describeStretch(1.46)).toBe('1.5 times slower');
  expect(describeStretch(1)).toBe('as fast as it happened');
  expect(describeStretch(1_234_567)).toBe('1\u00a0200\u00a0000 times slower');
});
