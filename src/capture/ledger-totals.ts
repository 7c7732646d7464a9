// A ledger summed up, at its end or at any moment before. Every emitted message is counted exactly once
// as delivered, lost or waiting.

import type { Capture } from './capture.ts';
import { type Entry, type Ledger, type Outcome, SERVER } from './ledger.ts';

export interface LedgerTotals {
  readonly emitted: number;
  readonly delivered: number;
  readonly lost: number;
  readonly waiting: number;
  /** How often a message was handled once more. */
  readonly duplicated: number;
  /** How often the receiver knew a message already and ignored it. */
  readonly repeated: number;
  readonly resent: number;
  /** Messages that were handled after one that was emitted later. */
  readonly overtaken: number;
  /** From emit to the first time it was handled, µs; absent where nothing was delivered. */
  readonly delay?: { readonly median: number; readonly most: number };
}

/** What is known of a message at a moment; `undefined` before it was emitted. */
export function outcomeAt({ emittedAt, outcome }: Entry, at: number): Outcome | undefined {
  if (emittedAt > at) return undefined;
  return outcome.kind !== 'waiting' && outcome.at <= at ? outcome : { kind: 'waiting' };
}

export function totalsAt({ entries }: Ledger, at = Number.POSITIVE_INFINITY): LedgerTotals {
  const outcomes = entries.flatMap((entry) => outcomeAt(entry, at) ?? []);
  const count = (kind: Outcome['kind']) => outcomes.filter((one) => one.kind === kind).length;
  const events = entries.flatMap((entry) => entry.events).filter((event) => event.at <= at);
  const times = (wanted: string) => events.filter(({ what }) => what === wanted).length;
  const delivered = outcomes.filter((one) => one.kind === 'delivered');
  const delays = delivered.map(({ delay }) => delay).toSorted((a, b) => a - b);
  const isOvertaken = (entry: Entry): boolean =>
    entry.isOvertaken && outcomeAt(entry, at)?.kind === 'delivered';
  return {
    emitted: outcomes.length,
    delivered: delivered.length,
    lost: count('lost'),
    waiting: count('waiting'),
    duplicated: times('handled') - delivered.length,
    repeated: times('repeated'),
    resent: times('resent'),
    overtaken: entries.filter(isOvertaken).length,
    ...(delays.length === 0
      ? {}
      : { delay: { median: medianOf(delays), most: delays.at(-1) ?? 0 } }),
  };
}

function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** The most messages that the server kept at one time, by its own notes, up to a moment. */
export function mostKeptByServer({ notes }: Capture, lane: string, at: number): number {
  const kept = new Set<string>();
  let most = 0;
  for (const note of notes) {
    if (note.lane !== lane || note.who !== SERVER || note.wroteAt > at) continue;
    if (note.what === 'buffered') kept.add(note.message);
    if (note.what === 'acknowledged' || note.what === 'abandoned') kept.delete(note.message);
    most = Math.max(most, kept.size);
  }
  return most;
}
