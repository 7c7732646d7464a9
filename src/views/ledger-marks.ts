// What a ledger shows of one message at one moment: a mark and words for each of its three places. Pure;
// draws nothing.

import type { Entry, Ledger, LedgerEvent, LedgerRow, LostWhere } from '../capture/ledger.ts';
import { type LedgerTotals, outcomeAt } from '../capture/ledger-totals.ts';
import { describeDuration } from './moments.ts';

export type Shape =
  | 'none'
  | 'emitted'
  | 'kept'
  | 'confirmed'
  | 'dropped'
  | 'passed'
  | 'swallowed'
  | 'waiting'
  | 'handled'
  | 'repeated'
  | 'missing';

/** What each shape says, where no message says it better. The legend. */
export const SHAPE_WORDS: Readonly<Record<Exclude<Shape, 'none'>, string>> = {
  emitted: 'emitted',
  kept: 'kept for later',
  confirmed: 'emitted, and known to have arrived',
  dropped: 'dropped or given up by its own program',
  passed: 'passed the tap',
  swallowed: 'left, and the connection ended first',
  waiting: 'not there yet',
  handled: 'handled',
  repeated: 'came again',
  missing: 'lost',
};

export interface Mark {
  readonly shape: Shape;
  /** How often, where that is more than once. */
  readonly count: number;
  readonly words: string;
  /** The frame to look at. */
  readonly frame?: number;
}

export type Marks = Readonly<Record<LedgerRow, Mark>>;

const NOTHING: Mark = { shape: 'none', count: 0, words: '' };

export function marksAt(entry: Entry, at: number): Marks {
  const outcome = outcomeAt(entry, at);
  if (!outcome) return { emitter: NOTHING, wire: NOTHING, receiver: NOTHING };
  const past = entry.events.filter((event) => event.at <= at);
  const swallowed = outcome.kind === 'lost' && outcome.where === 'link';
  return {
    emitter: emitterMark(past),
    wire: wireMark(past, swallowed),
    receiver: receiverMark(entry, past, at),
  };
}

const isWhat =
  (...whats: readonly LedgerEvent['what'][]) =>
  ({ what }: LedgerEvent): boolean =>
    whats.includes(what);

function emitterMark(past: readonly LedgerEvent[]): Mark {
  const count = 1 + past.filter(isWhat('resent')).length;
  const again = count > 1 ? `, and ${times(count - 1)} again` : '';
  const answer = past.find(isWhat('answered'))?.ref?.frame;
  const at = answer === undefined ? {} : { frame: answer };
  const last = past.findLast(isWhat('abandoned', 'acknowledged', 'buffered'));
  if (last?.what === 'abandoned') {
    return { shape: 'dropped', count, words: last.detail ?? `given up${again}` };
  }
  if (last?.what === 'acknowledged') {
    return { shape: 'confirmed', count, words: `emitted${again}; the answer came`, ...at };
  }
  if (last) return { shape: 'kept', count, words: `kept ${last.detail ?? 'for later'}${again}` };
  return { shape: 'emitted', count, words: `emitted${again}` };
}

function wireMark(past: readonly LedgerEvent[], isSwallowed: boolean): Mark {
  const passed = past.filter(isWhat('passed'));
  const frame = passed.at(-1)?.ref?.frame;
  const at = frame === undefined ? {} : { frame };
  const count = passed.length;
  if (isSwallowed) return { shape: 'swallowed', count, words: LOST.link, ...at };
  if (count === 0) return { ...NOTHING, words: 'not on the wire' };
  const died = past.filter(isWhat('swallowed')).length;
  const often = count === 1 ? 'on the wire' : `on the wire ${times(count)}`;
  const words = died === 0 ? often : `${often}, and lost on the link ${times(died)}`;
  return { shape: 'passed', count, words, ...at };
}

function receiverMark(entry: Entry, past: readonly LedgerEvent[], at: number): Mark {
  const outcome = outcomeAt(entry, at);
  const handled = past.filter(isWhat('handled')).length;
  const known = past.filter(isWhat('repeated')).length;
  const frame = past.findLast(isWhat('passed'))?.ref?.frame;
  const to = frame === undefined ? {} : { frame };
  if (outcome?.kind === 'lost') return { shape: 'missing', count: 0, words: LOST[outcome.where] };
  if (outcome?.kind !== 'delivered') return { shape: 'waiting', count: 0, words: 'not there yet' };
  const late = `handled ${describeDuration(Math.max(0, outcome.delay))} after it was emitted`;
  const order = entry.isOvertaken ? ', out of order' : '';
  if (handled > 1) {
    return {
      shape: 'repeated',
      count: handled,
      words: `${late}, ${times(handled)}${order}`,
      ...to,
    };
  }
  const ignored = known > 0 ? `; came again ${times(known)} and was ignored` : '';
  return { shape: 'handled', count: 1 + known, words: `${late}${order}${ignored}`, ...to };
}

const LOST: Readonly<Record<LostWhere, string>> = {
  'never-left': 'lost: it never left',
  link: 'lost: it left, and its connection was over before it was read',
  'not-given': 'lost: a copy was kept, but not given to the new connection',
  'given-up': 'lost: it was sent again, and then given up',
};

export const times = (count: number): string =>
  count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;

/** `s-7` as the number under which its column stands. */
export const shortName = (message: string): string => message.replace(/^[a-z]+-/, '');

/** The end of a client's name in a heading: the learner's own is `your browser`. */
export const nameOfEnd = (who: string): string =>
  who === 'browser' ? 'your browser' : who === 'server' ? 'the server' : who;

export const headingOf = ({ from, to }: Ledger): string =>
  `From ${nameOfEnd(from)} to ${nameOfEnd(to)}`;

/** The account in one sentence. */
export function totalsInWords(totals: LedgerTotals): string {
  const { emitted, delivered, lost, waiting, duplicated, overtaken, repeated } = totals;
  const parts = [
    `${delivered} delivered`,
    `${lost} lost`,
    ...(waiting > 0 ? [`${waiting} not there yet`] : []),
    `${duplicated} handled once more`,
    ...(repeated > 0 ? [`${repeated} repeats ignored`] : []),
    `${overtaken} out of order`,
  ];
  return `${emitted} emitted: ${parts.join(', ')}.`;
}

/** `median 3.1 ms, most 2.40 s`. */
export const delayInWords = ({ delay }: LedgerTotals): string =>
  delay
    ? `median ${describeDuration(Math.max(0, delay.median))}, most ${describeDuration(Math.max(0, delay.most))}`
    : 'none arrived';
