// The fate of messages in small captures written by hand, and the law that none is counted twice or
// not at all.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Ledger, ledgersOf } from './ledger.ts';
import { mostKeptByServer, totalsAt } from './ledger-totals.ts';
import { NOTE_KINDS } from './record.ts';
import { Exercise } from './testing/exercise.ts';

const connected = () => new Exercise().open(1).note('browser', 'connected', '', 'session-1');

function only(exercise: Exercise, from = 'server'): Ledger {
  const found = ledgersOf(exercise.capture()).filter((ledger) => ledger.from === from);
  expect(found).toHaveLength(1);
  return found[0] as Ledger;
}

const fates = ({ entries }: Ledger): string[] =>
  entries.map(({ message, outcome }) =>
    outcome.kind === 'lost' ? `${message} lost ${outcome.where}` : `${message} ${outcome.kind}`,
  );

it('follows a message from emit over the wire to its handler', () => {
  const exercise = connected()
    .note('server', 'emitted', 's-1')
    .passes(1, 'down', 's-1', 7)
    .note('browser', 'handled', 's-1')
    .answers(1, 'up', 7)
    .note('server', 'acknowledged', 's-1');
  const ledger = only(exercise);
  const [entry] = ledger.entries;
  expect(entry?.events.map(({ row, what }) => `${row} ${what}`)).toEqual([
    'emitter emitted',
    'wire passed',
    'receiver handled',
    'wire answered',
    'emitter acknowledged',
  ]);
  const { frames } = exercise.capture();
  expect(entry?.events.flatMap(({ ref }) => ref?.frame ?? [])).toEqual([
    frames.length - 2,
    frames.length - 1,
  ]);
  expect(entry?.outcome).toMatchObject({ kind: 'delivered', delay: 2_000 });
  expect(totalsAt(ledger)).toMatchObject({ emitted: 1, delivered: 1, lost: 0, waiting: 0 });
});

it('the server emits while nobody is there: it never left', () => {
  const exercise = connected()
    .note('browser', 'disconnected')
    .close(1)
    .note('server', 'emitted', 's-1');
  expect(fates(only(exercise))).toEqual(['s-1 waiting']);
  expect(fates(only(exercise.quiet(1_000)))).toEqual(['s-1 lost never-left']);
});

it('what left on a connection that then ended was lost on the link, when it ended', () => {
  const exercise = connected().note('server', 'emitted', 's-1').passes(1, 'down', 's-1').close(1);
  const ledger = only(exercise);
  expect(fates(ledger)).toEqual(['s-1 lost link']);
  const closed = exercise.capture().connections[0]?.closed?.at ?? 0;
  expect(totalsAt(ledger, closed - 1)).toMatchObject({ waiting: 1, lost: 0 });
  expect(totalsAt(ledger, closed)).toMatchObject({ waiting: 0, lost: 1 });
});

it('what the link says died in it is lost, though its connection is open, unless it came again', () => {
  const exercise = connected()
    .note('server', 'emitted', 's-1')
    .dies(1, 'down', 's-1')
    .note('browser', 'emitted', 'c-1')
    .dies(1, 'up', 'c-1');
  const [down, up] = [only(exercise), only(exercise, 'browser')];
  expect([...fates(down), ...fates(up)]).toEqual(['s-1 lost link', 'c-1 lost link']);
  expect(down.entries[0]?.events.map(({ what }) => what)).toEqual([
    'emitted',
    'passed',
    'swallowed',
  ]);
  exercise
    .open(2)
    .note('server', 'resent', 's-1')
    .passes(2, 'down', 's-1')
    .note('browser', 'handled', 's-1');
  expect(fates(only(exercise))).toEqual(['s-1 delivered']);
});

it('what is on an open connection is still waiting', () => {
  const exercise = connected().note('server', 'emitted', 's-1').passes(1, 'down', 's-1');
  expect(fates(only(exercise))).toEqual(['s-1 waiting']);
});

it('a client that takes itself for connected loses what never came to the tap', () => {
  const exercise = connected()
    .note('browser', 'emitted', 'c-1')
    .note('browser', 'disconnected')
    .note('browser', 'emitted', 'c-2')
    .note('browser', 'emitted', 'c-3')
    .note('browser', 'buffered', 'c-3')
    .quiet(1_000);
  expect(fates(only(exercise, 'browser'))).toEqual([
    'c-1 lost link',
    'c-2 lost never-left',
    'c-3 waiting',
  ]);
});

it('what was buffered arrives late, after what was emitted later', () => {
  const exercise = connected()
    .note('browser', 'disconnected')
    .close(1)
    .note('browser', 'emitted', 'c-1')
    .note('browser', 'buffered', 'c-1')
    .open(2)
    .note('browser', 'connected', '', 'session-2')
    .note('browser', 'emitted', 'c-2')
    .passes(2, 'up', 'c-2')
    .note('server', 'handled', 'c-2')
    .passes(2, 'up', 'c-1')
    .note('server', 'handled', 'c-1');
  const ledger = only(exercise, 'browser');
  expect(fates(ledger)).toEqual(['c-1 delivered', 'c-2 delivered']);
  expect(ledger.entries.map(({ isOvertaken }) => isOvertaken)).toEqual([true, false]);
  expect(totalsAt(ledger)).toMatchObject({ overtaken: 1 });
});

it('a copy that the server kept and did not give out is lost when the client is back', () => {
  const exercise = connected()
    .note('server', 'emitted', 's-1')
    .note('server', 'buffered', 's-1')
    .passes(1, 'down', 's-1')
    .close(1);
  expect(fates(only(exercise))).toEqual(['s-1 waiting']);
  exercise.open(2).note('browser', 'connected', '', 'session-2');
  expect(fates(only(exercise))).toEqual(['s-1 lost not-given']);
});

it('counts repeats that were handled, repeats that were ignored, and what was given up', () => {
  const exercise = connected()
    .note('server', 'emitted', 's-1')
    .passes(1, 'down', 's-1', 0)
    .note('browser', 'handled', 's-1')
    .note('server', 'resent', 's-1')
    .passes(1, 'down', 's-1', 1)
    .note('browser', 'handled', 's-1')
    .note('browser', 'repeated', 's-1')
    .note('server', 'emitted', 's-2')
    .note('server', 'resent', 's-2')
    .note('server', 'abandoned', 's-2');
  const ledger = only(exercise);
  expect(fates(ledger)).toEqual(['s-1 delivered', 's-2 lost given-up']);
  expect(totalsAt(ledger)).toMatchObject({ duplicated: 1, repeated: 1, resent: 2 });
});

it('gives each of several receivers an account of its own', () => {
  const exercise = connected()
    .open(2)
    .note('Ada', 'connected', '', 'session-2')
    .note('server', 'emitted', 's-1')
    .passes(1, 'down', 's-1')
    .note('browser', 'handled', 's-1')
    .passes(2, 'down', 's-1')
    .close(2)
    .note('server', 'emitted', 's-2', 'to:browser')
    .passes(1, 'down', 's-2');
  const ledgers = ledgersOf(exercise.capture());
  expect(ledgers.map((ledger) => [ledger.to, ...fates(ledger)])).toEqual([
    ['browser', 's-1 delivered', 's-2 waiting'],
    ['Ada', 's-1 lost link'],
  ]);
});

it('says how much the server kept at most', () => {
  const exercise = connected()
    .note('server', 'buffered', 's-1')
    .note('server', 'buffered', 's-2')
    .note('server', 'acknowledged', 's-1')
    .note('server', 'buffered', 's-3');
  const capture = exercise.capture();
  expect(mostKeptByServer(capture, 'main', capture.endAt)).toBe(2);
  expect(mostKeptByServer(capture, 'other', capture.endAt)).toBe(0);
});

it('has no ledger where nobody wrote anything down', () => {
  expect(ledgersOf(new Exercise().open(1).passes(1, 'down', 's-1').capture())).toEqual([]);
});

type Op = (exercise: Exercise) => unknown;

const message = fc.constantFrom('s-1', 's-2', 's-3', 'c-1', 'c-2');
const who = fc.constantFrom('server', 'browser', 'Ada');
const op: fc.Arbitrary<Op> = fc.oneof(
  fc.tuple(who, fc.constantFrom(...NOTE_KINDS), message).map(
    ([by, what, id]): Op =>
      (exercise) =>
        exercise.note(by, what, id),
  ),
  fc.tuple(fc.constantFrom(1, 2), fc.constantFrom<'up' | 'down'>('up', 'down'), message).map(
    ([connection, direction, id]): Op =>
      (exercise) =>
        exercise.passes(connection, direction, id),
  ),
  fc.constantFrom(1, 2).map(
    (connection): Op =>
      (exercise) =>
        exercise.close(connection),
  ),
);

it('accounts for every emitted message exactly once for each receiver, at every moment', () => {
  fc.assert(
    fc.property(fc.array(op, { maxLength: 40 }), (ops) => {
      const exercise = new Exercise()
        .open(1)
        .open(2)
        .note('browser', 'connected', '', 'session-1')
        .note('Ada', 'connected', '', 'session-2');
      for (const run of ops) run(exercise);
      const capture = exercise.capture();
      const ledgers = ledgersOf(capture);
      for (const at of [0, capture.endAt / 2, capture.endAt]) {
        for (const ledger of ledgers) {
          const totals = totalsAt(ledger, at);
          const emitted = capture.notes.filter(
            (note) => note.who === ledger.from && note.what === 'emitted' && note.wroteAt <= at,
          );
          expect(totals.emitted).toBe(new Set(emitted.map((note) => note.message)).size);
          expect(totals.delivered + totals.lost + totals.waiting).toBe(totals.emitted);
        }
      }
      // Every time that something emitted was handled is a delivery or a repeat of one.
      for (const { from, to, entries } of ledgers) {
        const ids = new Set(entries.map((entry) => entry.message));
        const handled = capture.notes.filter(
          (note) => note.who === to && note.what === 'handled' && ids.has(note.message),
        );
        const ledger = ledgers.find((one) => one.from === from && one.to === to) as Ledger;
        const { delivered, duplicated } = totalsAt(ledger);
        expect(delivered + duplicated).toBe(handled.length);
        expect(ids.size).toBe(entries.length);
      }
    }),
  );
});
