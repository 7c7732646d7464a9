import { expect, it } from 'vitest';
import { parametersOf } from './parameters.ts';
import { PIECE_COST, SendBuffer } from './send-buffer.ts';

const MSS = 1_448;
/** A full piece: half the greatest window, in full segments. */
const PIECE = 22 * MSS;

const state = (used: number, unsent = used, mayLeave = 0) => ({
  used,
  unsent,
  mayLeave,
  mss: MSS,
  greatestWindow: 65_535,
});

it('has one size by the book', () => {
  const buffer = new SendBuffer(parametersOf('textbook', { sendBuffer: 5_000 }));
  buffer.begin(1_000);
  expect(buffer.take(4_000, state(0))).toBe(4_000);
  expect(buffer.take(4_000, state(4_000))).toBe(1_000);
  expect(buffer.take(4_000, state(5_000))).toBe(0);
});

it('holds two windows, and takes whole pieces, as Linux does', () => {
  const buffer = new SendBuffer(parametersOf('linux'));
  buffer.begin(MSS);
  expect(buffer.capacity).toBe(2 * 10 * (2_048 + 256)); // as sk_sndbuf of Linux 6.18 is
  expect(buffer.take(1_000_000, state(0))).toBe(2 * PIECE);
});

it('fills the piece from which the window let something go', () => {
  const buffer = new SendBuffer(parametersOf('linux'));
  buffer.begin(MSS);
  // As seen in Linux 6.18: 10 segments sent, 31,856 bytes not sent (ss: unacked:10, notsent:31856).
  expect(buffer.take(1_000_000, state(0, 0, 10 * MSS))).toBe(10 * MSS + PIECE);
});

it('fills the last piece up, also when the program writes little by little', () => {
  const used = 2 * PIECE - 1_000;
  const written = () => {
    const buffer = new SendBuffer(parametersOf('linux'));
    buffer.begin(MSS);
    expect(buffer.take(used, state(0))).toBe(used);
    return buffer;
  };
  expect(written().take(5_000, state(used))).toBe(1_000); // beyond its size, but begun
  expect(written().take(5_000, state(used, 0))).toBe(0); // all of it is sent: a new piece would be needed
});

it('wakes a waiting program when a third is free', () => {
  const buffer = new SendBuffer(parametersOf('linux'));
  buffer.begin(1_448);
  const piece = PIECE + PIECE_COST;
  buffer.take(1_000_000, state(0));
  buffer.onSettled(2 * piece, 10, 10, 1_448);
  expect(buffer.take(1_000_000, state(2 * piece, 0))).toBe(0);
  buffer.onSettled(31_000, 20, 20, 1_448);
  expect(buffer.take(1_000_000, state(31_000, 0))).toBe(0); // more than two thirds are there
  buffer.onSettled(30_000, 20, 20, 1_448);
  expect(buffer.take(1_000_000, state(30_000, 0))).toBe(PIECE);
});

it('follows cwnd when it kept the window from being filled, and only then', () => {
  const buffer = new SendBuffer(parametersOf('linux'));
  buffer.begin(1_448);
  buffer.onSettled(0, 20, 40, 1_448); // nobody waits
  expect(buffer.capacity).toBe(46_080);
  buffer.take(1_000_000, state(0));
  buffer.onSettled(46_000, 40, 40, 1_448); // the window is full
  expect(buffer.capacity).toBe(46_080);
  buffer.onSettled(46_000, 39, 40, 1_448);
  expect(buffer.capacity).toBe(2 * 40 * 2_304);
});
