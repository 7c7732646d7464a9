// Joins any number of pieces; `concat` takes them as arguments, of which there can only be so many.

import type { Bytes } from './bytes.ts';

export function join(pieces: readonly Bytes[]): Bytes {
  let length = 0;
  for (const piece of pieces) length += piece.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
