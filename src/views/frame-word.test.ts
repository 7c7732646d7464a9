import { expect, test } from 'vitest';
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
