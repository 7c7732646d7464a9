// The fate of every message in every queue, computed from what passed the tap and what the producer and
// the consumers wrote down. Draws nothing.

import type { Capture, LayerRef } from './capture.ts';
import { SERVER } from './ledger.ts';
import type { Change, QueueReading } from './queue-reading.ts';
import type { Noted } from './record.ts';

/** Who wrote it down, or where the tap saw it. A consumer is told by its name. */
export type QueueRow = 'producer' | 'queue' | 'consumer';

/**
 * One thing that happened to a message. `swallowed`: it died in the link, before the queue (row `producer`)
 * or after it (row `consumer`). `never-left`: its producer was gone before it was on the wire. `ended`: the
 * consumer that had it was gone and had not handled it.
 */
export interface QueueEvent {
  readonly row: QueueRow;
  readonly what:
    | 'emitted'
    | 'published'
    | 'never-left'
    | 'kept'
    | 'refused'
    | 'sent'
    | 'confirmed'
    | 'late'
    | 'dead'
    | 'dropped'
    | 'swallowed'
    | 'delivered'
    | 'handled'
    | 'repeated'
    | 'ended';
  /** µs of the capture. */
  readonly at: number;
  readonly consumer?: string;
  /** Of `sent`: the consumer is to confirm it, so the queue keeps a copy. */
  readonly asks?: boolean;
  readonly ref?: LayerRef;
}

/** What became of a message: exactly one of these. */
export type QueueFate = 'handled' | 'dead' | 'refused' | 'dropped' | 'lost' | 'waiting';

export interface QueueEntry {
  readonly message: string;
  readonly emittedAt: number;
  /** In the order of time. */
  readonly events: readonly QueueEvent[];
}

/** All messages that were published, and their way through one queue. */
export interface QueueLedger {
  readonly queue: string;
  readonly consumers: readonly string[];
  /** In the order in which they were emitted. */
  readonly entries: readonly QueueEntry[];
}

/** One for each queue that somebody takes from, in the order in which they were asked for. */
export function queueLedgers(
  capture: Capture,
  { producer, queues: byConnection, changes }: QueueReading,
): readonly QueueLedger[] {
  const emitted = new Map<string, Noted>();
  for (const note of capture.notes) {
    const isFirst = note.who === producer && note.what === 'emitted' && !emitted.has(note.message);
    if (isFirst) emitted.set(note.message, note);
  }
  return [...new Set(byConnection.values())].map((queue) => {
    const consumers = consumersOf(capture, byConnection, queue);
    const ours = changes.filter((one) => one.queue === undefined || one.queue === queue);
    const entries = Array.from(emitted.values(), (note): QueueEntry => {
      const its = ours.filter(({ id }) => id === note.message);
      const seen = fromFrames(capture, its);
      const events = [
        ...seen,
        ...fromQueue(capture, note.message, queue).filter(
          ({ what }) => !seen.some((event) => event.what === what),
        ),
        ...fromConsumers(capture, note.message, consumers),
        ...beforeQueue(capture, note, its),
      ];
      return {
        message: note.message,
        emittedAt: note.wroteAt,
        events: events.toSorted((a, b) => a.at - b.at),
      };
    });
    return { queue, consumers, entries };
  });
}

function consumersOf(
  capture: Capture,
  byConnection: ReadonlyMap<number, string>,
  queue: string,
): readonly string[] {
  const sids = capture.connections.flatMap(({ id, sid }) =>
    byConnection.get(id) === queue && sid !== undefined ? [sid] : [],
  );
  const named = capture.notes.filter(
    ({ what, detail }) => what === 'connected' && sids.includes(detail ?? ''),
  );
  return [...new Set(named.map(({ who }) => who))].sort();
}

function fromFrames(capture: Capture, changes: readonly Change[]): QueueEvent[] {
  // The queue may have given it out before it told the producer that it has it.
  const isKept = (one: Change): boolean => one.what === 'kept' || one.what === 'delivered';
  const kept = changes.find(isKept);
  return changes.flatMap((change): QueueEvent[] => {
    const first: QueueEvent[] =
      change === kept ? [{ row: 'queue', what: 'kept', at: change.atLab, ref: change.ref }] : [];
    return [...first, ...eventsOf(capture, change)];
  });
}

function eventsOf(capture: Capture, change: Change): readonly QueueEvent[] {
  const { what, at, atLab, ref, isLost, consumer = '', asks = false } = change;
  switch (what) {
    case 'published':
      return [
        { row: 'producer', what, at, ref },
        ...(isLost ? [diedWith(capture, change, { row: 'producer' })] : []),
      ];
    case 'delivered':
      return [
        { row: 'queue', what: 'sent', at: atLab, ref, consumer, asks },
        isLost
          ? diedWith(capture, change, { row: 'consumer', consumer })
          : { row: 'consumer', what, at, ref, consumer },
        ...(isLost ? [] : endedWith(capture, change)),
      ];
    case 'kept':
      return [];
    case 'refused':
    case 'dead':
    case 'dropped':
      return [{ row: 'queue', what, at: atLab, ref }];
    case 'confirmed':
    case 'late':
      return [{ row: 'queue', what, at: atLab, ref, consumer }];
  }
}

/** What died in the link is known to be lost when its connection is over. */
function diedWith(
  capture: Capture,
  { at, connection, ref }: Change,
  where: Pick<QueueEvent, 'row' | 'consumer'>,
): QueueEvent {
  const closedAt = capture.connections.find(({ id }) => id === connection)?.closed?.at ?? at;
  return { ...where, what: 'swallowed', at: Math.max(at, closedAt), ref };
}

/** The consumer was gone, and had neither done the work nor known the message. */
function endedWith(capture: Capture, { at, id, connection, consumer = '' }: Change): QueueEvent[] {
  const closedAt = capture.connections.find((one) => one.id === connection)?.closed?.at;
  const isUsed = capture.notes.some(
    ({ who, message, what, wroteAt }) =>
      who === consumer && message === id && USES.has(what) && wroteAt >= at - CLOCKS_MICROS,
  );
  if (closedAt === undefined || isUsed) return [];
  return [{ row: 'consumer', what: 'ended', at: Math.max(at, closedAt), consumer }];
}

const USES: ReadonlySet<string> = new Set(['handled', 'repeated']);

/** How far the clocks of two ends may be apart. */
const CLOCKS_MICROS = 20_000;

function fromConsumers(
  { notes }: Capture,
  id: string,
  consumers: readonly string[],
): readonly QueueEvent[] {
  return notes.flatMap(({ message, who: consumer, what, wroteAt: at }): QueueEvent[] => {
    if (message !== id || !consumers.includes(consumer)) return [];
    if (what !== 'handled' && what !== 'repeated') return [];
    return [{ row: 'consumer', what, at, consumer }];
  });
}

/** What the queue wrote down itself: an answer to a producer that is gone is on no wire. */
function fromQueue({ notes }: Capture, id: string, queue: string): readonly QueueEvent[] {
  return notes.flatMap(({ message, who, detail = '', wroteAt: at }): QueueEvent[] => {
    if (message !== id || who !== SERVER) return [];
    const what = WRITTEN[detail] ?? WRITTEN[detail.replace(`: ${queue}`, ':')];
    return what === undefined ? [] : [{ row: 'queue', what, at }];
  });
}

const WRITTEN: Readonly<Record<string, QueueEvent['what']>> = {
  kept: 'kept',
  full: 'refused',
  'dropped:': 'dropped',
  'dead letter:': 'dead',
};

/** What was lost before the queue read it: on no wire, or on one that ended first. */
function beforeQueue(
  { notes, connections }: Capture,
  { message, wroteAt, who: producer }: Noted,
  changes: readonly Change[],
): readonly QueueEvent[] {
  const emitted: QueueEvent = { row: 'producer', what: 'emitted', at: wroteAt };
  const published = changes.find(({ what }) => what === 'published');
  if (!published) {
    const states = notes.filter(({ who, what }) => who === producer && STATES.has(what));
    const before = states.findLast((note) => note.wroteAt <= wroteAt);
    // A producer that takes itself for connected keeps nothing; another keeps it until it is back.
    const gone =
      before?.what === 'connected'
        ? states.find((note) => note.wroteAt > wroteAt && note.what === 'disconnected')
        : states.at(-1);
    if (gone?.what !== 'disconnected') return [emitted];
    return [emitted, { row: 'producer', what: 'never-left', at: Math.max(wroteAt, gone.wroteAt) }];
  }
  const read = notes.filter(({ who, detail }) => who === SERVER && detail === 'read');
  const closedAt = connections.find(({ id }) => id === published.connection)?.closed?.at;
  // A queue that wrote nothing down at all may have read it.
  const isRead = read.length === 0 || read.some((note) => note.message === message);
  if (isRead || published.isLost || closedAt === undefined) return [emitted];
  const { at, ref } = published;
  return [emitted, { row: 'producer', what: 'swallowed', at: Math.max(at, closedAt), ref }];
}

const STATES: ReadonlySet<string> = new Set(['connected', 'disconnected']);

/** What is known of a message at a moment; `undefined` before it was emitted. */
export function fateAt({ emittedAt, events }: QueueEntry, at: number): QueueFate | undefined {
  if (emittedAt > at) return undefined;
  const past = events.filter((event) => event.at <= at);
  const has = (what: QueueEvent['what']): boolean => past.some((event) => event.what === what);
  if (has('handled')) return 'handled';
  for (const fate of ['dead', 'dropped', 'refused'] as const) if (has(fate)) return fate;
  const sent = past.findLast(({ what }) => what === 'sent');
  // A queue that asked for no confirmation has forgotten what it gave out.
  if (sent) return !sent.asks && (has('ended') || has('swallowed')) ? 'lost' : 'waiting';
  return !has('kept') && (has('swallowed') || has('never-left')) ? 'lost' : 'waiting';
}

export interface QueueTotals extends Readonly<Record<QueueFate, number>> {
  readonly published: number;
  /** How often a message was handled once more. */
  readonly again: number;
  /** How often a message was given out once more. */
  readonly redelivered: number;
  /** How often a consumer knew a message already and ignored it. */
  readonly repeated: number;
  readonly confirmed: number;
}

/** Every published message is counted exactly once as handled, dead, refused, dropped, lost or waiting. */
export function queueTotalsAt(
  { entries }: QueueLedger,
  at = Number.POSITIVE_INFINITY,
): QueueTotals {
  const fates = entries.flatMap((entry) => fateAt(entry, at) ?? []);
  const count = (fate: QueueFate): number => fates.filter((one) => one === fate).length;
  const times = (what: QueueEvent['what']): readonly number[] =>
    entries.map(
      ({ events }) => events.filter((event) => event.what === what && event.at <= at).length,
    );
  const sum = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0);
  const beyondFirst = (what: QueueEvent['what']): number =>
    sum(times(what).map((often) => Math.max(0, often - 1)));
  return {
    published: fates.length,
    handled: count('handled'),
    dead: count('dead'),
    refused: count('refused'),
    dropped: count('dropped'),
    lost: count('lost'),
    waiting: count('waiting'),
    again: beyondFirst('handled'),
    redelivered: beyondFirst('sent'),
    repeated: sum(times('repeated')),
    confirmed: sum(times('confirmed')),
  };
}
