// The counters of the four lanes, on recorded runs: each number against what the capture holds.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createAnalyzer } from './analyzer.ts';
import type { Capture } from './capture.ts';
import { laneCounts } from './lane-counts.ts';
import { readPcapng } from './pcapng.ts';
import { Exercise } from './testing/exercise.ts';

const LANES = ['short', 'long', 'sse', 'websocket'];

function captureOf(name: string): Capture {
  const file = new URL(`../../content/captures/${name}.pcapng`, import.meta.url);
  const analyzer = createAnalyzer({ provenance: 'recorded' });
  const bytes = new Uint8Array(readFileSync(file));
  for (const record of readPcapng(bytes).records) analyzer.push(record);
  return analyzer.capture();
}

describe('a compressed run', () => {
  const capture = captureOf('news-compressed');
  const lanes = laneCounts(capture, [...LANES, 'socketio']);

  it('counts the wire as it was, the news as it was read, and what compression took off', () => {
    for (const { lane, bytes, savedBytes, newsBytes, handled } of lanes) {
      expect({ lane, handled, newsBytes }).toEqual({ lane, handled: 8, newsBytes: 1_600 });
      const ids = new Set(
        capture.connections.filter((one) => one.lane === lane).map(({ id }) => id),
      );
      const sources = capture.frames
        .filter(({ connection }) => ids.has(connection))
        .flatMap((frame) => frame.sources);
      const sum = (wanted: string): number =>
        sources
          .filter(({ origin }) => origin === wanted)
          .reduce((total, { bytes }) => total + bytes.length, 0);
      expect(bytes).toBe(sum('wire'));
      expect(sum('inflated')).toBeGreaterThan(newsBytes);
      expect(savedBytes).toBeLessThan(sum('inflated'));
    }
  });

  it('saves most where one compressor sees all items, and nothing is wrong in any frame', () => {
    const saved = Object.fromEntries(lanes.map(({ lane, savedBytes }) => [lane, savedBytes]));
    expect(saved.websocket).toBeGreaterThan(saved.long ?? 0);
    expect(saved.sse).toBeGreaterThan(saved.long ?? 0);
    const problems = capture.frames.flatMap(({ layers }) => layers.flatMap((one) => one.problems));
    expect(problems).toEqual([]);
  });
});

describe('counting the lanes of a run', () => {
  const capture = captureOf('news-four');
  const [short, long, sse, websocket] = laneCounts(capture, LANES);

  it('counts every item once in each lane', () => {
    for (const one of [short, long, sse, websocket]) {
      expect(one).toMatchObject({ emitted: 8, handled: 8, newsBytes: 160 });
    }
    expect(sse?.requests).toBe(1);
    expect(websocket?.requests).toBe(1);
    expect(short?.requests).toBeGreaterThan(long?.requests ?? 0);
  });

  it('counts every byte that crossed the wire in some lane', () => {
    const all = capture.frames.reduce(
      (sum, { sources }) => sum + (sources[0]?.bytes.length ?? 0),
      0,
    );
    expect(laneCounts(capture, LANES).reduce((sum, { bytes }) => sum + bytes, 0)).toBe(all);
  });

  it('takes the delay from what both ends wrote down', () => {
    const all = capture.notes.filter(({ lane }) => lane === 'short');
    const delays = all
      .filter(({ what }) => what === 'handled')
      .map((note) => {
        const from = all.find((one) => one.what === 'emitted' && one.message === note.message);
        return note.wroteAt - (from?.wroteAt ?? 0);
      })
      .sort((a, b) => a - b);
    expect(short?.medianDelay).toBe(delays[3]);
    expect(short?.p95Delay).toBe(delays[7]);
  });

  it('lets an answer without end grow item by item', () => {
    const times = capture.notes
      .filter(({ lane, what }) => lane === 'sse' && what === 'handled')
      .map(({ wroteAt }) => laneCounts(capture, ['sse'], wroteAt)[0]?.bytes ?? 0);
    const grown = times.slice(1).map((bytes, i) => bytes - (times[i] ?? 0));
    expect(new Set(grown).size).toBe(1);
    expect(grown[0]).toBeGreaterThan(20);
    expect(times.at(-1)).toBeLessThan(sse?.bytes ?? 0);
  });

  it('finds nothing in quiet times but the questions of short polling', () => {
    expect(short?.quiet.requests).toBeGreaterThan(2);
    for (const one of [long, sse, websocket]) expect(one?.quiet).toMatchObject({ bytes: 0 });
  });

  it('the source hands all lanes the same item in the same instant, in order', () => {
    const emitted = LANES.map((lane) =>
      capture.notes.filter((note) => note.lane === lane && note.what === 'emitted'),
    );
    const apart = emitted.flatMap((lane) => {
      expect(lane.map(({ message }) => message)).toEqual(emitted[0]?.map(({ message }) => message));
      return lane.map((note, i) => Math.abs(note.wroteAt - (emitted[0]?.[i]?.wroteAt ?? 0)));
    });
    // A busy computer may stop the program between two lines, so one item may be apart by more.
    expect(apart.sort((x, y) => x - y)[Math.floor(apart.length / 2)]).toBeLessThan(1_000);
    expect(apart.at(-1)).toBeLessThan(50_000);
  });
});

describe('bursts', () => {
  const emits = (ids: readonly string[]) => (run: Exercise) => {
    for (const id of ids) run.note('server', 'emitted', id);
    return run;
  };
  const hears = (ids: readonly string[]) => (run: Exercise) => {
    for (const id of ids) run.note('page', 'handled', id, '20 bytes');
    return run;
  };
  const [first, second] = [
    ['n1', 'n2', 'n3', 'n4'],
    ['n5', 'n6', 'n7', 'n8'],
  ] as const;
  const inTime = [emits(first), hears(first), emits(second), hears(second)];
  const tooLate = [
    emits(first),
    hears(['n1']),
    emits(second),
    hears(['n2', 'n3', 'n4', ...second]),
  ];
  const counted = (steps: typeof inTime) => {
    const run = new Exercise();
    for (const step of steps) step(run).quiet(500);
    return laneCounts(run.capture(), ['main'])[0];
  };

  it('is late only what the next burst overtook', () => {
    expect(counted(inTime)).toMatchObject({ emitted: 8, handled: 8, late: 0 });
    expect(counted(tooLate)).toMatchObject({ emitted: 8, handled: 8, late: 3 });
  });
});
