// What is said of other rates, on paper, is what the recorded run itself showed at its own rate.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { micros } from '../lib/time.ts';
import { createAnalyzer } from './analyzer.ts';
import type { Capture } from './capture.ts';
import { bytesPerExchange, type LaneCounts, laneCounts } from './lane-counts.ts';
import { readPcapng } from './pcapng.ts';
import { asksEvery, costAt, quietHour, wayCost } from './way-costs.ts';

function captureOf(name: string): Capture {
  const file = new URL(`../../content/captures/${name}.pcapng`, import.meta.url);
  const analyzer = createAnalyzer({ provenance: 'recorded' });
  for (const record of readPcapng(new Uint8Array(readFileSync(file))).records)
    analyzer.push(record);
  return analyzer.capture();
}

const capture = captureOf('news-four');

it('a frame costs its head and the item; a chunk its lines as well', () => {
  const websocket = wayCost(capture, { lane: 'websocket' });
  const sse = wayCost(capture, { lane: 'sse' });
  expect(websocket?.bytesPerSecond).toBe(0);
  expect(websocket?.bytesPerItem).toBeGreaterThan(22);
  expect(websocket?.bytesPerItem).toBeLessThan(80);
  expect(sse?.bytesPerItem).toBeGreaterThan(websocket?.bytesPerItem ?? 0);
});

it('what polling cost at its own interval is what crossed the wire', () => {
  const [counts] = laneCounts(capture, ['short']);
  const { requests = 0, bytes = 0 } = counts ?? {};
  const cost = wayCost(capture, { lane: 'short', asksEvery: 0.5 });
  expect(0.5 * requests * costAt(cost as NonNullable<typeof cost>, 0)).toBeCloseTo(bytes, 0);
});

it('a long poll costs nothing for a while, and an exchange for each item', () => {
  const cost = wayCost(capture, { lane: 'long', holdSeconds: 20 });
  expect(cost?.bytesPerItem).toBe((cost?.bytesPerSecond ?? 0) * 20);
});

it('an hour of quiet costs a poll for each interval, though none fell into the quiet seconds', () => {
  const seldom = captureOf('news-seldom-asked');
  const every = asksEvery(seldom, 'short') ?? 0;
  expect(every).toBeGreaterThan(1.9);
  expect(every).toBeLessThan(2.5);
  const [counts] = laneCounts(seldom, ['short']) as [LaneCounts];
  const quiet = { micros: 1_000_000, bytes: 0, requests: 0 };
  const hour = quietHour(seldom, { ...counts, quiet }, { asks: true }) ?? 0;
  expect(hour / (counts.bytes / counts.requests)).toBeCloseTo(3600 / every, 0);
});

it('says nothing of a lane that heard nothing', () => {
  expect(wayCost(capture, { lane: 'socketio' })).toBeUndefined();
});

it('asks two answers of long polling for a burst of four, and one for each item that comes alone', () => {
  const alone = captureOf('news-four');
  const first = alone.notes.find(({ lane, what }) => lane === 'long' && what === 'emitted');
  // The same exchanges, with the items of the source written down four in an instant.
  const notes = alone.notes.map((note) => {
    if (note.what !== 'emitted' || !first) return note;
    const burst = Math.floor((Number(note.message.slice(1)) - 1) / 4);
    return { ...note, wroteAt: micros(first.wroteAt + burst * 2_000_000) };
  });
  const per = (capture: Capture) =>
    wayCost(capture, { lane: 'long', holdSeconds: 20 })?.bytesPerItem;
  expect(per({ ...alone, notes })).toBeCloseTo((per(alone) ?? 0) / 2);
  expect(per(alone)).toBeCloseTo(bytesPerExchange(alone, 'long') ?? 0);
});
