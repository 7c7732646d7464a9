// The client's bytes at one moment, as they stand at the client and in the server's buffer: stretches of
// sequence numbers, each with what it is. Pure numbers, no drawing.

import type { EndAccount } from '../capture/end-account.ts';

export type StretchKind = 'done' | 'way' | 'may' | 'waits' | 'unread' | 'hole' | 'beyond' | 'empty';

/** From one sequence number up to, not including, another. */
export interface Stretch {
  readonly kind: StretchKind;
  readonly from: number;
  readonly to: number;
}

export interface Bracket {
  readonly kind: 'receiver' | 'congestion';
  readonly from: number;
  readonly to: number;
}

export interface Ruler {
  /** How many bytes there are in all; the first is number 1. */
  readonly total: number;
  readonly stretches: readonly Stretch[];
  readonly brackets: readonly Bracket[];
}

/** The stretches one after another, without the empty ones. */
function inARow(from: number, ends: readonly (readonly [StretchKind, number])[]): Stretch[] {
  let at = from;
  return ends.flatMap(([kind, end]) => {
    const to = Math.max(at, end);
    const stretch = { kind, from: at, to };
    at = to;
    return stretch.to > stretch.from ? [stretch] : [];
  });
}

/** What the client has of its bytes. */
export function senderRuler(account: EndAccount | undefined, total: number): Ruler {
  const end = total + 1;
  const within = (place: number): number => Math.min(end, Math.max(1, place));
  if (!account) return { total, stretches: inARow(1, [['empty', end]]), brackets: [] };
  const { una, nxt, limit, cwnd, mss, unsent } = account;
  // What the program has not written yet is neither allowed nor held back.
  const written = nxt + unsent;
  const isOpen = limit > 0 && una <= total;
  const allowed = Math.min(limit, una + cwnd * mss);
  return {
    total,
    stretches: inARow(1, [
      ['done', within(una)],
      ['way', within(nxt)],
      ['may', within(Math.min(allowed, written))],
      ['waits', within(written)],
      ['empty', end],
    ]),
    brackets: isOpen
      ? [
          { kind: 'receiver', from: within(una), to: Math.max(within(una), limit) },
          { kind: 'congestion', from: within(una), to: within(una) + cwnd * mss },
        ]
      : [],
  };
}

/** What the server has of them. */
export function receiverRuler(account: EndAccount | undefined, total: number): Ruler {
  const end = total + 1;
  const within = (place: number): number => Math.min(end, Math.max(1, place));
  if (!account) return { total, stretches: inARow(1, [['empty', end]]), brackets: [] };
  const { next, unread, beyond, offered } = account;
  const pieces = beyond.flatMap(({ start, end: stop }) => [
    ['hole', within(start)] as const,
    ['beyond', within(stop)] as const,
  ]);
  return {
    total,
    stretches: inARow(1, [
      ['done', within(next - unread)],
      ['unread', within(next)],
      ...pieces,
      ['empty', end],
    ]),
    brackets:
      next > total
        ? []
        : [{ kind: 'receiver', from: within(next), to: Math.max(within(next), offered) }],
  };
}

/** How many bytes of that kind there are. */
export const bytesOf = ({ stretches }: Ruler, kind: StretchKind): number =>
  stretches.reduce((sum, one) => (one.kind === kind ? sum + one.to - one.from : sum), 0);
