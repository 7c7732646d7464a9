// Faults that a demo plans packet by packet, so that a question about a run has one answer. Chance is
// the business of src/faults.

import { after, type Micros, millis } from '../lib/time.ts';
import type { LinkFault } from '../sim/link.ts';

export type Mishap = 'lost' | 'held' | 'twice';

/** `mishaps`: what becomes of the packet with that ordinal, counted from 1 on this link. */
export function plannedFault(
  mishaps: ReadonlyMap<number, Mishap>,
  { heldMs, secondAfterMs }: { readonly heldMs: number; readonly secondAfterMs: number },
): LinkFault {
  let count = 0;
  return {
    name: 'loss',
    decide(piece) {
      const { at } = piece;
      switch (mishaps.get(++count)) {
        case 'lost':
          return [];
        case 'held':
          return [{ ...piece, at: after(at, millis(heldMs)) }];
        case 'twice':
          return [piece, { ...piece, at: after(at, millis(secondAfterMs)) }];
        default:
          return [piece];
      }
    },
  };
}

/** Loses what would arrive in one of these stretches: the same moments for every lane that shares them. */
export const losesWithin = (
  stretches: readonly (readonly [from: Micros, until: Micros])[],
): LinkFault => ({
  name: 'loss',
  decide: (piece) =>
    stretches.some(([from, until]) => piece.at >= from && piece.at < until) ? [] : [piece],
});
