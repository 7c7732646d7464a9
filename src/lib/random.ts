// Chance that can be repeated: the same seed gives the same draws on every machine. Not for secrets.

export interface Random {
  /** The next draw, at least 0 and below 1. */
  next(): number;
}

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, one 32-bit draw a call. */
export function mulberry32(seed: number): Random {
  let state = seed >>> 0;
  return {
    next() {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
    },
  };
}

/** Another seed for the `n`-th of several things that share one, so that their draws differ. */
export const seedFor = (seed: number, n: number): number =>
  Math.floor(mulberry32((seed ^ Math.imul(n + 1, 0x9e3779b1)) >>> 0).next() * 0x1_0000_0000);
