// The fate of messages of a queue in small captures written by hand, and the law that none is counted twice
// or not at all, whatever happens.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Capture } from '../../capture/capture.ts';
import {
  fateAt,
  queueLedgers as ledgersOf,
  type QueueLedger,
  queueTotalsAt,
} from '../../capture/queue-ledger.ts';
import { Exercise } from '../../capture/testing/exercise.ts';
import { queueMarksAt, queueTotalsInWords } from '../../views/queue-marks.ts';
import { queueReading } from './queue-frames.ts';
import { queueOf } from './queue-state.ts';

const queueLedgers = (capture: Capture) => ledgersOf(capture, queueReading(capture));

const PRODUCER = 1;
const A = 2;
const B = 3;
const nameOf = (connection: number): string => (connection === A ? 'A' : 'B');

/** A producer and two consumers of one queue, or each of its own. */
class Queue extends Exercise {
  constructor(queues: Readonly<Record<number, string>> = { [A]: 'work', [B]: 'work' }) {
    super();
    this.open(PRODUCER).note('producer', 'connected', '', `session-${PRODUCER}`);
    for (const [connection, queue] of Object.entries(queues)) this.joins(Number(connection), queue);
  }

  joins(connection: number, queue: string): this {
    this.open(connection).note(nameOf(connection), 'connected', '', `session-${connection}`);
    return this.says(connection, 'up', `42["consume","${queue}"]`);
  }

  publishes(id: string, ack: number, answer?: string | undefined): this {
    this.note('producer', 'emitted', id);
    this.says(PRODUCER, 'up', `42${ack}["publish",{"id":"${id}"}]`);
    return answer === undefined ? this : this.says(PRODUCER, 'down', `43${ack}["${answer}"]`);
  }

  /** With `ack` it is to be confirmed. */
  delivers(connection: number, id: string, ack: number | '' = ''): this {
    return this.says(connection, 'down', `42${ack}["deliver",{"id":"${id}"}]`);
  }

  confirms(connection: number, ack: number): this {
    return this.says(connection, 'up', `43${ack}["done"]`);
  }
}

const only = (queue: Exercise): QueueLedger => {
  const found = queueLedgers(queue.capture());
  expect(found).toHaveLength(1);
  return found[0] as QueueLedger;
};

const fates = (ledger: QueueLedger, at = Number.POSITIVE_INFINITY): string[] =>
  ledger.entries.map((entry) => `${entry.message} ${fateAt(entry, at)}`);

const whats = (ledger: QueueLedger): string[] =>
  (ledger.entries[0]?.events ?? []).map(({ row, what }) => `${row} ${what}`);

const marksOf = (ledger: QueueLedger): string[] =>
  queueMarksAt(ledger.entries[0] as never, ledger.consumers, Number.POSITIVE_INFINITY).map(
    ({ shape, words }) => `${shape}: ${words}`,
  );

it('follows a message from its producer through the queue to a consumer and its confirmation', () => {
  const queue = new Queue()
    .publishes('m-1', 0)
    .delivers(A, 'm-1', 0)
    .says(PRODUCER, 'down', '430["kept"]')
    .note('A', 'handled', 'm-1')
    .confirms(A, 0);
  const ledger = only(queue);
  expect(whats(ledger)).toEqual([
    'producer emitted',
    'producer published',
    'queue kept',
    'queue sent',
    'consumer delivered',
    'consumer handled',
    'queue confirmed',
  ]);
  expect(ledger.consumers).toEqual(['A', 'B']);
  const [entry] = ledger.entries;
  const times = entry?.events.map(({ at }) => fateAt(entry, at));
  expect(times).toEqual([...Array(5).fill('waiting'), 'handled', 'handled']);
  expect(marksOf(ledger)).toEqual([
    'confirmed: published; the queue has it',
    'confirmed: given out once, confirmed by A',
    'handled: handled',
    'none: ',
  ]);
});

it('a message that is given out and forgotten is lost with its consumer', () => {
  const queue = new Queue()
    .publishes('m-1', 0, 'kept')
    .delivers(A, 'm-1')
    .close(A)
    .note('A', 'disconnected');
  expect(fates(only(queue))).toEqual(['m-1 lost']);
  expect(marksOf(only(queue)).slice(1, 3)).toEqual([
    'passed: given out once and forgotten',
    'missing: had it when its connection ended, and had not handled it',
  ]);
});

it('a message that was not confirmed is kept, and given out again', () => {
  const queue = new Queue().publishes('m-1', 0, 'kept').delivers(A, 'm-1', 0);
  queue.note('A', 'handled', 'm-1').close(A);
  const before = only(queue);
  expect(fates(before)).toEqual(['m-1 handled']);
  queue.delivers(B, 'm-1', 0).note('B', 'repeated', 'm-1').confirms(B, 0);
  const ledger = only(queue);
  expect(queueTotalsAt(ledger)).toMatchObject({
    handled: 1,
    again: 0,
    redelivered: 1,
    repeated: 1,
    confirmed: 1,
  });
  expect(marksOf(ledger).slice(1)).toEqual([
    'confirmed: given out twice, confirmed by B',
    'handled: handled',
    'waiting: came again once and was ignored: it was known',
  ]);
});

it('a confirmation that comes after the message was given out again is heeded no more', () => {
  const queue = new Queue()
    .publishes('m-1', 0, 'kept')
    .delivers(A, 'm-1', 0)
    .delivers(B, 'm-1', 0)
    .confirms(A, 0);
  const late = only(queue);
  expect(queueTotalsAt(late)).toMatchObject({ confirmed: 0 });
  expect(marksOf(late)[1]).toBe('kept: given out twice, not confirmed yet');
  const placeOf = (capture: Capture) => queueOf(capture)(capture.endAt)[0]?.place.kind;
  expect(placeOf(queue.capture())).toBe('with');
  queue.confirms(B, 0);
  expect(queueTotalsAt(only(queue))).toMatchObject({ confirmed: 1 });
  expect(placeOf(queue.capture())).toBe('done');
  // Also where it is the same consumer that got it again.
  const twice = new Queue().publishes('m-1', 0, 'kept').delivers(A, 'm-1', 0).delivers(A, 'm-1', 1);
  expect(queueTotalsAt(only(twice.confirms(A, 0)))).toMatchObject({ confirmed: 0 });
  expect(queueTotalsAt(only(twice.confirms(A, 1)))).toMatchObject({ confirmed: 1 });
});

it('tells refused, dropped, dead and held back apart', () => {
  const queue = new Queue()
    .publishes('m-1', 0, 'full')
    .publishes('m-2', 1, 'kept')
    .says(PRODUCER, 'down', '42["dropped",{"id":"m-2"},"work"]')
    .publishes('m-3', 2, 'kept')
    .delivers(A, 'm-3', 0)
    .says(A, 'down', '42["dead letter",{"id":"m-3"},"work"]')
    .publishes('m-4', 3);
  const ledger = only(queue);
  expect(fates(ledger)).toEqual(['m-1 refused', 'm-2 dropped', 'm-3 dead', 'm-4 waiting']);
  expect(queueTotalsInWords(queueTotalsAt(ledger))).toBe(
    '4 published: 0 handled, 1 dead letter, 1 refused, 1 dropped, 0 lost, 1 not handled yet.',
  );
  const places = queueOf(queue.capture())(queue.capture().endAt).map(({ place }) => place.kind);
  expect(places).toEqual(['refused', 'dropped', 'dead', 'coming']);
});

it('gives each queue of a fan-out an account of its own', () => {
  const queue = new Queue({ [A]: 'A', [B]: 'B' })
    .publishes('m-1', 0, 'kept')
    .delivers(A, 'm-1')
    .note('A', 'handled', 'm-1')
    .says(PRODUCER, 'down', '42["dropped",{"id":"m-1"},"B"]');
  const ledgers = queueLedgers(queue.capture());
  expect(ledgers.map((one) => [one.queue, one.consumers, ...fates(one)])).toEqual([
    ['A', ['A'], 'm-1 handled'],
    ['B', ['B'], 'm-1 dropped'],
  ]);
});

it('says what died in the link, and what was never on the wire', () => {
  const queue = new Queue()
    .note('producer', 'emitted', 'm-1')
    .saysAndDies(PRODUCER, 'up', '420["publish",{"id":"m-1"}]')
    .publishes('m-2', 1, 'kept')
    .saysAndDies(A, 'down', '42["deliver",{"id":"m-2"}]')
    .note('producer', 'emitted', 'm-3')
    .note('producer', 'disconnected')
    .note('producer', 'emitted', 'm-4');
  expect(fates(only(queue))).toEqual(['m-1 lost', 'm-2 lost', 'm-3 lost', 'm-4 lost']);
  // Back again it sends what it kept, and not what it took for sent.
  queue.note('producer', 'connected', '', 'session-1');
  expect(fates(only(queue))).toEqual(['m-1 lost', 'm-2 lost', 'm-3 lost', 'm-4 waiting']);
  expect(marksOf(only(queue))[0]).toBe('swallowed: published; it died in the link');
});

const message = fc.constantFrom('m-1', 'm-2', 'm-3');
const consumer = fc.constantFrom(A, B);
const ack = fc.constantFrom(0, 1, 2);
type Op = (queue: Queue) => unknown;
const op: fc.Arbitrary<Op> = fc.oneof(
  fc.tuple(message, ack, fc.constantFrom<string | undefined>('kept', 'full', undefined)).map(
    ([id, n, answer]): Op =>
      (queue) =>
        queue.publishes(id, n, answer),
  ),
  fc.tuple(consumer, message, fc.oneof(ack, fc.constant<''>(''))).map(
    ([to, id, n]): Op =>
      (queue) =>
        queue.delivers(to, id, n),
  ),
  fc.tuple(consumer, ack).map(
    ([by, n]): Op =>
      (queue) =>
        queue.confirms(by, n),
  ),
  fc.tuple(consumer, message, fc.constantFrom<'handled' | 'repeated'>('handled', 'repeated')).map(
    ([by, id, what]): Op =>
      (queue) =>
        queue.note(nameOf(by), what, id),
  ),
  fc.tuple(fc.constantFrom('dead letter', 'dropped'), message, fc.constantFrom('work', 'own')).map(
    ([event, id, name]): Op =>
      (queue) =>
        queue.says(PRODUCER, 'down', `42["${event}",{"id":"${id}"},"${name}"]`),
  ),
  fc.tuple(consumer, message).map(
    ([to, id]): Op =>
      (queue) =>
        queue.saysAndDies(to, 'down', `42["deliver",{"id":"${id}"}]`),
  ),
  fc.constantFrom(PRODUCER, A, B).map(
    (connection): Op =>
      (queue) =>
        queue.close(connection),
  ),
  fc.constant<Op>((queue) => queue.note('producer', 'disconnected')),
);

it('accounts for every published message exactly once in each queue, at every moment', () => {
  fc.assert(
    fc.property(fc.array(op, { maxLength: 30 }), fc.boolean(), (ops, isFanOut) => {
      const queue = new Queue({ [A]: 'work', [B]: isFanOut ? 'own' : 'work' });
      for (const run of ops) run(queue);
      const capture = queue.capture();
      const ledgers = queueLedgers(capture);
      expect(ledgers.map((one) => one.queue)).toEqual(isFanOut ? ['work', 'own'] : ['work']);
      for (const at of [0, capture.endAt / 2, capture.endAt]) {
        for (const ledger of ledgers) {
          const totals = queueTotalsAt(ledger, at);
          const emitted = capture.notes.filter(
            (note) => note.what === 'emitted' && note.wroteAt <= at,
          );
          expect(totals.published).toBe(new Set(emitted.map((note) => note.message)).size);
          const { handled, dead, refused, dropped, lost, waiting } = totals;
          expect(handled + dead + refused + dropped + lost + waiting).toBe(totals.published);
          expect(totals.confirmed).toBeLessThanOrEqual(totals.published);
          // Every time that a consumer handled it is the first or one more.
          const ids = new Set(ledger.entries.map((entry) => entry.message));
          const worked = capture.notes.filter(
            ({ what, who, message: id, wroteAt }) =>
              what === 'handled' && ledger.consumers.includes(who) && ids.has(id) && wroteAt <= at,
          );
          const early = worked.filter(({ message: id }) =>
            ledger.entries.some((one) => one.message === id && one.emittedAt > at),
          );
          expect(early.length > 0 || handled + totals.again === worked.length).toBe(true);
        }
      }
    }),
  );
});
