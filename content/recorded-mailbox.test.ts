// The account of every letter in the recorded runs of the mailbox: what the lesson says of a run is what its
// account says.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createAnalyzer } from '../src/capture/analyzer.ts';
import type { Capture } from '../src/capture/capture.ts';
import { readPcapng } from '../src/capture/pcapng.ts';
import { type QueueLedger, queueLedgers, queueTotalsAt } from '../src/capture/queue-ledger.ts';
import { mailboxReading } from '../src/demos/mailbox/mailbox-frames.ts';
import { MAILBOX_WORDS } from '../src/demos/mailbox/mailbox-words.ts';
import { queueMarksAt, queueTotalsInWords } from '../src/views/queue-marks.ts';

function captureOf(name: string): Capture {
  const file = new URL(`./captures/mailbox-${name}.pcapng`, import.meta.url);
  const { records, problem } = readPcapng(new Uint8Array(readFileSync(file)));
  expect(problem).toBeUndefined();
  const analyzer = createAnalyzer({ provenance: 'recorded' });
  for (const record of records) analyzer.push(record);
  return analyzer.capture();
}

function onlyLedger(capture: Capture): QueueLedger {
  const ledgers = queueLedgers(capture, mailboxReading(capture));
  expect(ledgers.map(({ queue, consumers }) => [queue, consumers])).toEqual([['Ada', ['Ada']]]);
  return ledgers[0] as QueueLedger;
}

const wordsOf = (ledger: QueueLedger, at: number): string[] =>
  ledger.entries.map((entry) =>
    queueMarksAt(entry, ledger.consumers, at, MAILBOX_WORDS)
      .map(({ words }) => words)
      .join('; '),
  );

const once = 'left for Ada; the mailbox has it; given out once, confirmed by Ada; read';
const twice = 'left for Ada; the mailbox has it; given out twice, confirmed by Ada; read twice';

it.each([
  ['there', [once, once, once, once], '4 left for Ada: 4 read, 0 lost.'],
  ['away', [once, once, once, once], '4 left for Ada: 4 read, 0 lost.'],
  [
    'crash',
    [once, once, twice, once],
    '4 left for Ada: 4 read, 0 lost. Besides: 1 given out once more, 1 read once more.',
  ],
])('says what became of each letter in the run %s', (name, words, sentence) => {
  const capture = captureOf(name);
  const ledger = onlyLedger(capture);
  expect(wordsOf(ledger, capture.endAt)).toEqual(words);
  expect(queueTotalsInWords(queueTotalsAt(ledger), MAILBOX_WORDS)).toBe(sentence);
});

it.each(['there', 'away', 'crash'])('adds up at every moment of the run %s', (name) => {
  const capture = captureOf(name);
  const ledger = onlyLedger(capture);
  for (const { at } of [...capture.frames, { at: capture.endAt }]) {
    const { published, handled, dead, refused, dropped, lost, waiting, again } = queueTotalsAt(
      ledger,
      at,
    );
    const until = (what: string) =>
      capture.notes.filter((note) => note.what === what && note.wroteAt <= at).length;
    expect(published).toBe(until('emitted'));
    expect(handled + waiting).toBe(published);
    expect([dead, refused, dropped, lost]).toEqual([0, 0, 0, 0]);
    expect(handled + again).toBe(until('handled'));
  }
});

it('letters wait in the mailbox while Ada is away', () => {
  const capture = captureOf('away');
  const ledger = onlyLedger(capture);
  const back = capture.notes.findLast(({ who, what }) => who === 'Ada' && what === 'connected');
  const waits = 'left for Ada; the mailbox has it; waits in the mailbox; ';
  expect(wordsOf(ledger, back?.wroteAt ?? 0)).toEqual([once, waits, waits, waits]);
});
