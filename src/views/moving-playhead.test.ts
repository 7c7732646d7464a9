import { expect, test } from 'vitest';
import { createMovingPlayhead } from './moving-playhead.ts';

test('every listener hears of each change once, and of nothing after it left', () => {
  const playhead = createMovingPlayhead(5);
  const heard: number[] = [];
  const leave = playhead.subscribe((at) => heard.push(at));
  playhead.set(5);
  playhead.set(6);
  playhead.set(6);
  leave();
  playhead.set(7);
  expect(heard).toEqual([6]);
  expect(playhead.at).toBe(7);
});
