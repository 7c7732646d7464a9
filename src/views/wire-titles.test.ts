import { expect, test } from 'vitest';
import type { Capture } from '../capture/capture.ts';
import { Exercise } from '../capture/testing/exercise.ts';
import { wireTitle } from './wire-titles.ts';

const titlesOn = (capture: Capture, titles = {}): string[] =>
  capture.connections.map((one) => wireTitle(capture, one, titles));

test('the only client of the only lane needs no title', () => {
  const one = new Exercise().open(1).note('browser', 'connected', '', 'session-1');
  expect(titlesOn(one.capture())).toEqual(['']);
});

test('several clients of a lane have their names, and the learner is “you”', () => {
  const two = new Exercise()
    .open(1)
    .note('browser', 'connected', '', 'session-1')
    .open(2)
    .note('Ada', 'connected', '', 'session-2')
    .open(3);
  expect(titlesOn(two.capture())).toEqual(['you', 'Ada', '']);
});

test('several lanes have their titles', () => {
  const { connections, ...rest } = new Exercise().open(1).open(2).capture();
  const lanes = connections.map((one, i) => ({ ...one, lane: i === 0 ? 'short' : 'sse' }));
  const capture = { ...rest, connections: lanes };
  expect(titlesOn(capture, { short: 'Short polling' })).toEqual(['Short polling', 'sse']);
});
