import { expect, test } from 'vitest';
import {
  farYOf,
  frameNear,
  framesWithin,
  LABEL_HEIGHT,
  ladderShapeOf,
  REACH,
} from './ladder-shape.ts';
import { busyCapture, sampleCapture } from './testing/sample.ts';

const capture = busyCapture(600);
const shape = ladderShapeOf(capture);

test('time runs down: no frame lies above the one before', () => {
  for (let i = 1; i < shape.ys.length; i++) {
    expect(shape.ys[i]).toBeGreaterThanOrEqual(shape.ys[i - 1] ?? 0);
  }
});

test('labels leave each other room', () => {
  const middles = capture.frames
    .filter(({ id }) => shape.labels[id])
    .map((frame) => {
      const y = shape.ys[frame.id] ?? 0;
      return (y + farYOf(frame, y)) / 2;
    });
  for (let i = 1; i < middles.length; i++) {
    expect(Math.abs((middles[i] ?? 0) - (middles[i - 1] ?? 0))).toBeGreaterThanOrEqual(
      LABEL_HEIGHT,
    );
  }
});

test('a stretch has every frame that reaches into it', () => {
  const { first, last } = framesWithin(shape, 400, 640);
  for (const { id } of capture.frames) {
    const y = shape.ys[id] ?? 0;
    if (y >= 400 - REACH && y < 640 + REACH) expect(id >= first && id < last).toBe(true);
    else expect(id >= first && id < last).toBe(false);
  }
});

test('a pointer finds the frame it is on, and never one that has not passed', () => {
  const sample = sampleCapture();
  const drawn = ladderShapeOf(sample);
  const [, , probe] = sample.frames;
  const y = drawn.ys[2] ?? 0;
  expect(frameNear(sample, drawn, 7, y, 1)).toBe(probe);
  expect(frameNear(sample, drawn, 2, y, 1)).not.toBe(probe);
});
