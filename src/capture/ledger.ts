// The fate of every message of an exercise, computed from what passed the tap and what the programs at
// both ends wrote down, never assumed. Draws nothing.

import type { Capture, LayerRef } from './capture.ts';
import { connectionsOf, type Sighting, sightingsOn } from './ledger-wire.ts';
import type { Noted, NoteKind } from './record.ts';

/** Where something of a message's life was written down or seen. */
export type LedgerRow = 'emitter' | 'wire' | 'receiver';

/**
 * One thing that happened to a message. `passed` and `answered` were seen by the tap; `swallowed` is what
 * the link says that died in it.
 */
export interface LedgerEvent {
  readonly row: LedgerRow;
  readonly what: Extract<NoteKind, MessageNote> | 'passed' | 'swallowed' | 'answered';
  /** µs of the capture. */
  readonly at: number;
  /** How far off `at` may be; 0 for the tap and the server. */
  readonly errorMicros: number;
  readonly detail?: string;
  readonly ref?: LayerRef;
}

type MessageNote =
  | 'emitted'
  | 'buffered'
  | 'resent'
  | 'handled'
  | 'repeated'
  | 'acknowledged'
  | 'abandoned';

/**
 * Where a message was lost. `never-left`: its program gave it to no connection; `link`: it left, and
 * what it left on ended before it arrived; `not-given`: a copy was kept, and the receiver came back
 * without getting it; `given-up`: it was tried again, and then no more.
 */
export type LostWhere = 'never-left' | 'link' | 'not-given' | 'given-up';

/** What became of a message for one receiver: exactly one of three. */
export type Outcome =
  | { readonly kind: 'delivered'; readonly at: number; readonly delay: number }
  | { readonly kind: 'lost'; readonly at: number; readonly where: LostWhere }
  | { readonly kind: 'waiting' };

export interface Entry {
  readonly message: string;
  readonly emittedAt: number;
  /** In the order of time. */
  readonly events: readonly LedgerEvent[];
  readonly outcome: Outcome;
  /** A message that was emitted later was handled before. */
  readonly isOvertaken: boolean;
}

/** All messages of one emitter for one receiver, in the order in which they were emitted. */
export interface Ledger {
  readonly lane: string;
  readonly from: string;
  readonly to: string;
  readonly entries: readonly Entry[];
}

export const SERVER = 'server';

/** How long a capture must have gone on before what is missing in it counts as missing. */
const SETTLE_MICROS = 1_000_000;

const MESSAGE_NOTES: ReadonlySet<string> = new Set<MessageNote>([
  'emitted',
  'buffered',
  'resent',
  'handled',
  'repeated',
  'acknowledged',
  'abandoned',
]);

/** The ledgers of a capture: by lane, what the server emitted first. None where nobody wrote notes. */
export function ledgersOf(capture: Capture): readonly Ledger[] {
  const lanes = [...new Set(capture.notes.map(({ lane }) => lane))];
  return lanes.flatMap((lane) => laneLedgers(capture, lane));
}

function laneLedgers(capture: Capture, lane: string): Ledger[] {
  const notes = capture.notes.filter((note) => note.lane === lane);
  const clients = [...new Set(notes.map(({ who }) => who))].filter((who) => who !== SERVER);
  const sightings = sightingsOn(capture, lane);
  const pairs = [
    ...clients.map((client) => ({ from: SERVER, to: client, client })),
    ...clients.map((client) => ({ from: client, to: SERVER, client })),
  ];
  return pairs.flatMap(({ from, to, client }) => {
    const ids = connectionsOf(capture, lane, client, clients);
    const direction = from === SERVER ? 'down' : 'up';
    const ledger = new Ends(capture, {
      from,
      to,
      notes: notes.filter(({ who }) => who === from || who === to),
      sightings: sightings.filter((s) => s.direction === direction && ids.has(s.connection.id)),
      hasConnectionAt: (at) =>
        capture.connections.some(
          ({ id, openedAt, closed }) =>
            ids.has(id) && openedAt <= at && (closed === undefined || closed.at > at),
        ),
    });
    const entries = ledger.entries();
    return entries.length === 0 ? [] : [{ lane, from, to, entries }];
  });
}

interface Parts {
  readonly from: string;
  readonly to: string;
  readonly notes: readonly Noted[];
  readonly sightings: readonly Sighting[];
  hasConnectionAt(at: number): boolean;
}

/** One emitter and one receiver, and everything that is known about what went from one to the other. */
class Ends {
  readonly #capture: Capture;
  readonly #parts: Parts;

  constructor(capture: Capture, parts: Parts) {
    this.#capture = capture;
    this.#parts = parts;
  }

  entries(): Entry[] {
    const { from, to } = this.#parts;
    const emitted = new Map<string, Noted>();
    for (const note of this.#parts.notes) {
      const isOurs = note.who === from && note.what === 'emitted' && isMeantFor(note, to);
      if (isOurs && !emitted.has(note.message)) emitted.set(note.message, note);
    }
    const drafts = Array.from(emitted.values(), (note) => this.#draft(note));
    return drafts.map((draft, i) => ({
      ...draft,
      isOvertaken:
        draft.outcome.kind === 'delivered' &&
        drafts.slice(i + 1).some(({ outcome }) => isBefore(outcome, draft.outcome)),
    }));
  }

  #draft({ message, wroteAt }: Noted): Omit<Entry, 'isOvertaken'> {
    const { from, to } = this.#parts;
    const events: LedgerEvent[] = [];
    for (const note of this.#parts.notes) {
      if (note.message !== message || !MESSAGE_NOTES.has(note.what)) continue;
      const isReceipt = note.what === 'handled' || note.what === 'repeated';
      if (note.who !== (isReceipt ? to : from)) continue;
      events.push(eventOf(note, isReceipt ? 'receiver' : 'emitter'));
    }
    const sightings = this.#parts.sightings.filter((one) => one.message === message);
    for (const { at, ref, diedAt, ack } of sightings) {
      events.push({ row: 'wire', what: 'passed', at, errorMicros: 0, ref });
      if (diedAt !== undefined)
        events.push({ row: 'wire', what: 'swallowed', at: diedAt, errorMicros: 0, ref });
      if (ack)
        events.push({ row: 'wire', what: 'answered', at: ack.at, errorMicros: 0, ref: ack.ref });
    }
    events.sort((a, b) => a.at - b.at);
    return {
      message,
      emittedAt: wroteAt,
      events,
      outcome: this.#outcome(wroteAt, events, sightings),
    };
  }

  #outcome(
    emittedAt: number,
    events: readonly LedgerEvent[],
    sightings: readonly Sighting[],
  ): Outcome {
    const first = (...whats: LedgerEvent['what'][]) =>
      events.find(({ what }) => whats.includes(what));
    const handled = first('handled');
    if (handled) return { kind: 'delivered', at: handled.at, delay: handled.at - emittedAt };
    const abandoned = first('abandoned');
    if (abandoned) {
      const where = sightings.length > 0 || first('resent') ? 'given-up' : 'never-left';
      return { kind: 'lost', at: abandoned.at, where };
    }
    const last = sightings.at(-1);
    const closedAt = last && (last.diedAt ?? last.connection.closed?.at);
    if (last && closedAt === undefined) return { kind: 'waiting' };
    const kept = first('buffered');
    const returnedAt = kept && this.#returnAfter(Math.max(kept.at, closedAt ?? 0));
    if (kept && returnedAt === undefined) return { kind: 'waiting' };
    if (kept) return { kind: 'lost', at: returnedAt ?? kept.at, where: 'not-given' };
    if (closedAt !== undefined) return { kind: 'lost', at: closedAt, where: 'link' };
    return this.#unseen(emittedAt);
  }

  /** It was emitted, nobody kept it, and it never passed the tap. */
  #unseen(emittedAt: number): Outcome {
    const { from, hasConnectionAt } = this.#parts;
    // While a capture grows, what is written down later may not have come yet.
    if (this.#capture.endAt - emittedAt < SETTLE_MICROS) return { kind: 'waiting' };
    const neverLeft: Outcome = { kind: 'lost', at: emittedAt, where: 'never-left' };
    if (from === SERVER) return neverLeft;
    const about = this.#parts.notes.filter((note) => note.who === from && STATES.has(note.what));
    const before = about.findLast(({ wroteAt }) => wroteAt <= emittedAt);
    if (before ? before.what === 'disconnected' : !hasConnectionAt(emittedAt)) return neverLeft;
    const drop = about.find(({ wroteAt, what }) => wroteAt > emittedAt && what === 'disconnected');
    return drop ? { kind: 'lost', at: drop.wroteAt, where: 'link' } : { kind: 'waiting' };
  }

  /** When the client came back on a new connection, after that moment. */
  #returnAfter(at: number): number | undefined {
    const { from, to } = this.#parts;
    const client = from === SERVER ? to : from;
    return this.#capture.notes.find(
      ({ lane, who, what, wroteAt }) =>
        lane === this.#parts.notes[0]?.lane && who === client && RETURNS.has(what) && wroteAt > at,
    )?.wroteAt;
  }
}

const STATES: ReadonlySet<string> = new Set(['connected', 'recovered', 'disconnected']);
const RETURNS: ReadonlySet<string> = new Set(['connected', 'recovered']);

/** A note "to:NAME" names the only receiver; without it a message is for everybody at the other end. */
const isMeantFor = ({ detail }: Noted, to: string): boolean =>
  !detail?.startsWith('to:') || detail.slice(3).split(',').includes(to);

const isBefore = (a: Outcome, b: Outcome): boolean =>
  a.kind === 'delivered' && b.kind === 'delivered' && a.at < b.at;

const eventOf = (note: Noted, row: LedgerRow): LedgerEvent => ({
  row,
  what: note.what as MessageNote,
  at: note.wroteAt,
  errorMicros: note.errorMicros,
  ...(note.detail === undefined ? {} : { detail: note.detail }),
});
