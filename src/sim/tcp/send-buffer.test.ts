import { expect, it } from 'vitest';
import { parametersOf } from './parameters.ts';
import { PIECE_COST, SendBuffer } from './send-buffer.ts';

const WINDOW = 65_535;

it('has one size by the book', () => {
  const buffer = new SendBuffer(parametersOf('textbook', { sendBuffer: 5_000 }));
  buffer.begin(1_000);
  expect(buffer.take(4_000, 0, 1_000, WINDOW)).toBe(4_000);
  expect(buffer.take(4_000, 4_000, 1_000, WINDOW)).toBe(1_000);
  expect(buffer.take(4_000, 5_000, 1_000, WINDOW)).toBe(0);
});

it('holds two windows, and takes whole pieces, as Linux does', () => {
  const buffer = new SendBuffer(parametersOf('linux'));
  buffer.begin(1_448);
  expect(buffer.capacity).toBe(2 * 10 * (2_048 + 256)); // as sk_sndbuf of Linux 6.18 is
  // Half the greatest window, in full segments, until it is full.
  expect(buffer.take(1_000_000, 0, 1_448, WINDOW)).toBe(2 * 22 * 1_448);
});

it('fills the last piece up, also when the program writes little by little', () => {
  const buffer = new SendBuffer(parametersOf('linux'));
  buffer.begin(1_448);
  const full = 2 * 22 * 1_448;
  const used = full - 1_000;
  expect(buffer.take(used, 0, 1_448, WINDOW)).toBe(used);
  expect(buffer.take(5_000, used, 1_448, WINDOW)).toBe(1_000); // beyond its size, but begun
  const other = new SendBuffer(parametersOf('linux'));
  other.begin(1_448);
  other.take(used, 0, 1_448, WINDOW);
  other.onDrained();
  expect(other.take(5_000, used, 1_448, WINDOW)).toBe(0);
});

it('wakes a waiting program when a third is free', () => {
  const buffer = new SendBuffer(parametersOf('linux'));
  buffer.begin(1_448);
  const piece = 22 * 1_448 + PIECE_COST;
  buffer.take(1_000_000, 0, 1_448, WINDOW);
  buffer.onSettled(2 * piece, 10, 10, 1_448);
  expect(buffer.take(1_000_000, 2 * piece, 1_448, WINDOW)).toBe(0);
  buffer.onSettled(31_000, 20, 20, 1_448);
  expect(buffer.take(1_000_000, 31_000, 1_448, WINDOW)).toBe(0); // more than two thirds are there
  buffer.onSettled(30_000, 20, 20, 1_448);
  expect(buffer.take(1_000_000, 30_000, 1_448, WINDOW)).toBe(22 * 1_448);
});

it('follows cwnd when it kept the window from being filled, and only then', () => {
  const buffer = new SendBuffer(parametersOf('linux'));
  buffer.begin(1_448);
  buffer.onSettled(0, 20, 40, 1_448); // nobody waits
  expect(buffer.capacity).toBe(46_080);
  buffer.take(1_000_000, 0, 1_448, WINDOW);
  buffer.onSettled(46_000, 40, 40, 1_448); // the window is full
  expect(buffer.capacity).toBe(46_080);
  buffer.onSettled(46_000, 39, 40, 1_448);
  expect(buffer.capacity).toBe(2 * 40 * 2_304);
});
