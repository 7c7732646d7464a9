import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createAnalyzer } from '../capture/analyzer.ts';
import { readPcapng } from '../capture/pcapng.ts';
import { describeFrame } from './describe-frame.ts';
import { chainOf, isMasked, wordOf } from './frame-word.ts';
import { sampleCapture } from './testing/sample.ts';

const capture = sampleCapture();
const { frames } = capture;

test('a word for each frame', () => {
  expect(frames.map(wordOf)).toEqual([
    'GET',
    '101',
    '2probe',
    '3probe',
    '5 upgrade',
    '42 hello',
    '430',
  ]);
});

test('layers from the outermost to the innermost', () => {
  const chains = frames.map((frame) => chainOf(frame).map(({ protocol }) => protocol));
  expect(chains[5]).toEqual(['websocket', 'engineio', 'socketio']);
  expect(chains[0]).toEqual(['http']);
});

test('only the browser masks', () => {
  expect(frames.map(isMasked)).toEqual([false, false, true, false, true, true, false]);
});

test('a sentence says who sends what, carried in what', () => {
  const [, , probe] = frames;
  expect(probe && describeFrame(capture, probe)).toBe(
    'Your browser sends the server an Engine.IO ping "probe", carried inside a masked WebSocket frame: 12 bytes.',
  );
});

test('a close, a compressed message and a body are told with their envelope', () => {
  const file = new URL('../../content/captures/news-compressed.pcapng', import.meta.url);
  const analyzer = createAnalyzer({ provenance: 'recorded' });
  for (const record of readPcapng(new Uint8Array(readFileSync(file))).records)
    analyzer.push(record);
  const news = analyzer.capture();
  const sentences = news.frames.map((frame) => describeFrame(news, frame));
  expect(sentences).toContain(
    'Your browser sends the server a masked WebSocket frame (close 1000 normal end): 8 bytes on connection 3.',
  );
  expect(sentences.join()).toMatch(/a WebSocket frame \(text \d+ bytes compressed\): \d+ bytes/);
  expect(sentences.join()).toMatch(/an HTTP response 200 OK \(stream of \d+ events\): \d+ bytes/);
  expect(sentences.join()).not.toMatch(/(WebSocket|HTTP)[^,.]*, carried inside[^.,]*\1/);
});
