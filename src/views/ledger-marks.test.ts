// What a ledger shows of a message changes with the playhead, and says each state in words.

import { expect, it } from 'vitest';
import { ledgersOf } from '../capture/ledger.ts';
import { totalsAt } from '../capture/ledger-totals.ts';
import { Exercise } from '../capture/testing/exercise.ts';
import { marksAt, totalsInWords } from './ledger-marks.ts';

const shapes = (exercise: Exercise, from = 'server'): string[][] => {
  const capture = exercise.capture();
  const ledger = ledgersOf(capture).find((one) => one.from === from);
  const [entry] = ledger?.entries ?? [];
  if (!entry) return [];
  const times = [entry.emittedAt - 1, ...entry.events.map(({ at }) => at), capture.endAt];
  return times.map((at) => {
    const { emitter, wire, receiver } = marksAt(entry, at);
    return [emitter, wire, receiver].map(({ shape, count }) =>
      count > 1 ? `${shape} ${count}` : shape,
    );
  });
};

const connected = () => new Exercise().open(1).note('browser', 'connected', '', 'session-1');

it('goes with a message from emit to its answer', () => {
  const exercise = connected()
    .note('server', 'emitted', 's-1')
    .passes(1, 'down', 's-1', 0)
    .note('browser', 'handled', 's-1')
    .answers(1, 'up', 0)
    .note('server', 'acknowledged', 's-1');
  expect(shapes(exercise)).toEqual([
    ['none', 'none', 'none'],
    ['emitted', 'none', 'waiting'],
    ['emitted', 'passed', 'waiting'],
    ['emitted', 'passed', 'handled'],
    ['emitted', 'passed', 'handled'],
    ['confirmed', 'passed', 'handled'],
    ['confirmed', 'passed', 'handled'],
  ]);
});

it('shows what was kept, sent again, and handled twice', () => {
  const exercise = connected()
    .note('server', 'emitted', 's-1')
    .note('server', 'buffered', 's-1')
    .passes(1, 'down', 's-1')
    .note('browser', 'handled', 's-1')
    .note('server', 'resent', 's-1')
    .passes(1, 'down', 's-1')
    .note('browser', 'handled', 's-1');
  expect(shapes(exercise).at(-1)).toEqual(['kept 2', 'passed 2', 'repeated 2']);
});

it('shows a loss where it happened, and not before it is known', () => {
  const exercise = connected().note('server', 'emitted', 's-1').passes(1, 'down', 's-1').close(1);
  expect(shapes(exercise).slice(2)).toEqual([
    ['emitted', 'passed', 'waiting'],
    ['emitted', 'swallowed', 'missing'],
  ]);
});

it('says the account in one sentence', () => {
  const capture = connected()
    .note('server', 'emitted', 's-1')
    .passes(1, 'down', 's-1')
    .note('browser', 'handled', 's-1')
    .capture();
  const [ledger] = ledgersOf(capture);
  expect(ledger && totalsInWords(totalsAt(ledger))).toBe(
    '1 emitted: 1 delivered, 0 lost, 0 handled once more, 0 out of order.',
  );
});
