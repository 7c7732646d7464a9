// The fate of letters in small captures written by hand, and the law that none is counted twice or not at
// all, whatever happens.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  fateAt,
  type QueueLedger,
  queueLedgers,
  queueTotalsAt,
} from '../../capture/queue-ledger.ts';
import { Exercise } from '../../capture/testing/exercise.ts';
import { queueMarksAt, queueTotalsInWords } from '../../views/queue-marks.ts';
import { mailboxReading } from './mailbox-frames.ts';
import { MAILBOX_WORDS } from './mailbox-words.ts';

const BEN = 1;
const ADA = 2;
const ADA_AGAIN = 3;
const LETTERS = ['l-1', 'l-2', 'l-3'];

class Mailbox extends Exercise {
  readonly #left = new Set<string>();

  constructor() {
    super();
    this.open(BEN).note('Ben', 'connected', '', `session-${BEN}`);
    this.comes(ADA, 0);
  }

  comes(connection: number, ack: number): this {
    this.open(connection).note('Ada', 'connected', '', `session-${connection}`);
    return this.says(connection, 'up', `42${ack}["return","Ada"]`);
  }

  /** The list in the answer. */
  gets(connection: number, ack: number, ids: readonly string[]): this {
    const list = JSON.stringify(ids.map((id) => ({ id })));
    return this.says(connection, 'down', `43${ack}[${list}]`);
  }

  /** Each letter is left once. */
  leaves(id: string, how: 'kept' | 'unanswered' | 'swallowed' | 'offline' = 'kept'): this {
    if (this.#left.has(id)) return this;
    const ack = this.#left.size;
    this.#left.add(id);
    this.note('Ben', 'emitted', id);
    const text = `42${ack}["leave",{"id":"${id}"},"Ada"]`;
    if (how === 'offline') return this;
    if (how === 'swallowed') return this.saysAndDies(BEN, 'up', text);
    this.says(BEN, 'up', text);
    return how === 'kept' ? this.says(BEN, 'down', `43${ack}["kept"]`) : this;
  }

  letter(connection: number, id: string): this {
    return this.says(connection, 'down', `42["letter",{"id":"${id}"}]`);
  }

  confirms(connection: number, id: string): this {
    return this.says(connection, 'up', `42["confirm","Ada","${id}"]`);
  }
}

function only(mailbox: Mailbox): QueueLedger {
  const capture = mailbox.capture();
  const ledgers = queueLedgers(capture, mailboxReading(capture));
  expect(ledgers.map(({ queue, consumers }) => [queue, consumers])).toEqual([['Ada', ['Ada']]]);
  return ledgers[0] as QueueLedger;
}

const marksOf = (ledger: QueueLedger, at = Number.POSITIVE_INFINITY): string[] =>
  queueMarksAt(ledger.entries[0] as never, ledger.consumers, at, MAILBOX_WORDS).map(
    ({ shape, words }) => `${shape}: ${words}`,
  );

it('follows a letter from Ben through the mailbox to Ada and her confirmation', () => {
  const mailbox = new Mailbox()
    .leaves('l-1')
    .letter(ADA, 'l-1')
    .note('Ada', 'handled', 'l-1')
    .confirms(ADA, 'l-1');
  const ledger = only(mailbox);
  expect(ledger.entries[0]?.events.map(({ row, what }) => `${row} ${what}`)).toEqual([
    'producer emitted',
    'producer published',
    'queue kept',
    'queue sent',
    'consumer delivered',
    'consumer handled',
    'queue confirmed',
  ]);
  expect(marksOf(ledger)).toEqual([
    'confirmed: left for Ada; the mailbox has it',
    'confirmed: given out once, confirmed by Ada',
    'handled: read',
  ]);
});

it('keeps a letter that was not confirmed, and gives it out again in the answer to a return', () => {
  const mailbox = new Mailbox().leaves('l-1').letter(ADA, 'l-1').note('Ada', 'handled', 'l-1');
  mailbox.close(ADA);
  expect(marksOf(only(mailbox)).slice(1)).toEqual([
    'kept: given out once, not confirmed yet',
    'handled: read',
  ]);
  mailbox.comes(ADA_AGAIN, 0).gets(ADA_AGAIN, 0, ['l-1']).note('Ada', 'handled', 'l-1');
  mailbox.confirms(ADA_AGAIN, 'l-1').confirms(ADA_AGAIN, 'l-1');
  expect(marksOf(only(mailbox)).slice(1)).toEqual([
    'confirmed: given out twice, confirmed by Ada',
    'repeated: read twice',
  ]);
  // A mailbox heeds the first confirmation.
  expect(queueTotalsAt(only(mailbox))).toMatchObject({ confirmed: 1, again: 1, redelivered: 1 });
});

it('a letter that died on its way to Ada waits in the mailbox; one that died on its way there is lost', () => {
  const mailbox = new Mailbox().leaves('l-1').leaves('l-2', 'swallowed').leaves('l-3', 'offline');
  mailbox.saysAndDies(ADA, 'down', '42["letter",{"id":"l-1"}]').note('Ben', 'disconnected');
  const ledger = only(mailbox);
  expect(ledger.entries.map((entry) => fateAt(entry, Number.POSITIVE_INFINITY))).toEqual([
    'waiting',
    'lost',
    'lost',
  ]);
  expect(marksOf(ledger).slice(1)).toEqual([
    'kept: given out once, not confirmed yet',
    'swallowed: it died in the link on its way here',
  ]);
  expect(queueTotalsInWords(queueTotalsAt(ledger), MAILBOX_WORDS)).toBe(
    '3 left for Ada: 0 read, 2 lost, 1 not read yet.',
  );
});

type Op = (mailbox: Mailbox) => unknown;
const letter = fc.constantFrom(...LETTERS);
const ada = fc.constantFrom(ADA, ADA_AGAIN);
const op: fc.Arbitrary<Op> = fc.oneof(
  fc.tuple(letter, fc.constantFrom('kept', 'unanswered', 'swallowed', 'offline')).map(
    ([id, how]): Op =>
      (mailbox) =>
        mailbox.leaves(id, how),
  ),
  fc.tuple(ada, letter).map(
    ([to, id]): Op =>
      (mailbox) =>
        mailbox.letter(to, id),
  ),
  fc.tuple(ada, letter).map(
    ([to, id]): Op =>
      (mailbox) =>
        mailbox.saysAndDies(to, 'down', `42["letter",{"id":"${id}"}]`),
  ),
  fc.tuple(ada, letter).map(
    ([by, id]): Op =>
      (mailbox) =>
        mailbox.confirms(by, id),
  ),
  fc.subarray(LETTERS).map(
    (ids): Op =>
      (mailbox) =>
        mailbox.gets(ADA, 0, ids),
  ),
  letter.map(
    (id): Op =>
      (mailbox) =>
        mailbox.note('Ada', 'handled', id),
  ),
  fc.constantFrom(BEN, ADA).map(
    (connection): Op =>
      (mailbox) =>
        mailbox.close(connection),
  ),
  fc.constantFrom<'connected' | 'disconnected'>('connected', 'disconnected').map(
    (what): Op =>
      (mailbox) =>
        mailbox.note('Ben', what),
  ),
);

it('accounts for every letter exactly once, at every moment', () => {
  fc.assert(
    fc.property(fc.array(op, { maxLength: 30 }), (ops) => {
      const mailbox = new Mailbox();
      mailbox.comes(ADA_AGAIN, 0);
      for (const run of ops) run(mailbox);
      const { notes, endAt } = mailbox.capture();
      const ledger = only(mailbox);
      for (const at of [0, endAt / 2, endAt]) {
        const totals = queueTotalsAt(ledger, at);
        const past = notes.filter(({ wroteAt }) => wroteAt <= at);
        const left = new Set(
          past.filter(({ what }) => what === 'emitted').map(({ message }) => message),
        );
        expect(totals.published).toBe(left.size);
        const { handled, lost, waiting, again, confirmed } = totals;
        expect(handled + lost + waiting).toBe(left.size);
        expect(confirmed).toBeLessThanOrEqual(LETTERS.length);
        // What Ada read is what she wrote down, the first time or once more.
        const read = past.filter(({ what }) => what === 'handled').map(({ message }) => message);
        expect(handled).toBe(new Set(read.filter((id) => left.has(id))).size);
        const isEarly = read.some((id) => !left.has(id));
        expect(isEarly || handled + again === read.length).toBe(true);
      }
    }),
  );
});
