import { expect, it } from 'vitest';
import { micros, millis } from '../../lib/time.ts';
import { parametersOf } from './parameters.ts';
import { ReceiveWindow } from './receive-window.ts';

const SEGMENT = 1_000;

function opened(): ReceiveWindow {
  const window = new ReceiveWindow(parametersOf('linux', { receiveBuffer: 20_000 }), SEGMENT);
  window.begin(millis(0), SEGMENT);
  window.onRoundTrip(40_000, true);
  return window;
}

it('grows with what the program reads in a round trip, for twice as much and room to double', () => {
  const window = opened();
  window.onRead(12_000, 0, millis(39)); // not yet a round trip
  expect(window.capacity).toBe(20_000);
  window.onRead(3_000, 0, millis(40));
  // 15,000 after 10,000: twice that, and twice its growth by a half more.
  expect(window.capacity).toBe(30_000 + 2 * 15_000);
  window.onRead(15_000, 0, millis(81)); // no better a round than the one before
  expect(window.capacity).toBe(60_000);
});

it('counts no more than came in the round: what waits to be read is of the next', () => {
  const window = opened();
  window.onRead(15_000, 5_000, millis(41));
  expect(window.capacity).toBe(20_000);
});

it('takes the least round trip at once, and a longer one in eighths, if the program keeps up', () => {
  const window = opened();
  window.onRoundTrip(80_000, false);
  expect(window.roundTrip).toBe(40_000);
  window.onRoundTrip(80_000, true);
  expect(window.roundTrip).toBe(45_000);
  window.onRoundTrip(20_000, false);
  expect(window.roundTrip).toBe(20_000);
  window.onRead(SEGMENT, 0, micros(19_999));
  expect(window.capacity).toBe(20_000);
});
