// The mailbox over real sockets, under random scripts of faults: every letter is accounted for exactly once,
// and the account says what Ada herself counted.

import { afterAll, expect, it, vi } from 'vitest';
import { createAnalyzer } from '../../../src/capture/analyzer.ts';
import {
  type QueueLedger,
  type QueueTotals,
  queueLedgers,
  queueTotalsAt,
} from '../../../src/capture/queue-ledger.ts';
import { mailboxReading } from '../../../src/demos/mailbox/mailbox-frames.ts';
import { mailboxClient } from '../../../src/programs/mailbox-client.ts';
import { startFront } from '../../front/testing/start-front.ts';
import type { Lab } from '../lab.ts';
import { randomScript, start } from './testing/random-run.ts';

const LETTERS = ['l-1', 'l-2', 'l-3', 'l-4', 'l-5', 'l-6'];
const GAP_MS = 12;

function ledgerOf(lab: Lab): QueueLedger {
  const analyzer = createAnalyzer({ provenance: 'observed' });
  for (const record of lab.tap.ring.all()) analyzer.push(record);
  const capture = analyzer.capture();
  const ledgers = queueLedgers(capture, mailboxReading(capture));
  expect(ledgers.map(({ queue, consumers }) => [queue, consumers])).toEqual([['Ada', ['Ada']]]);
  return ledgers[0] as QueueLedger;
}

const sums: QueueTotals[] = [];

it.each([1, 2, 3, 4, 5, 6])(
  'accounts for every letter under the random script %i',
  async (seed) => {
    const { port, openLab } = await startFront();
    const lab = openLab(['websocket'], { exercise: 'mailbox' });
    const ada = start(port, lab, 'Ada');
    const ben = start(port, lab, 'Ben');
    const read: string[] = [];
    mailboxClient({
      socket: ada.client as never,
      name: 'Ada',
      read({ id }) {
        ada.note('handled', id);
        read.push(id);
      },
    });
    const all = [ada.client, ben.client];
    await vi.waitFor(() => expect(all.every(({ connected }) => connected)).toBe(true), 5_000);
    lab.link.set(randomScript(seed));
    for (const id of LETTERS) {
      ben.note('emitted', id);
      ben.client.emit('leave', { id }, 'Ada', () => undefined);
      await new Promise((done) => setTimeout(done, GAP_MS));
    }
    // The faults end by themselves; then Ada reads everything that the mailbox has.
    await vi.waitFor(() => expect(queueTotalsAt(ledgerOf(lab)).waiting).toBe(0), 10_000);
    lab.link.set(undefined);
    for (const client of all) client.disconnect();
    await vi.waitFor(() => expect(lab.connections).toBe(0), 5_000);

    const totals = queueTotalsAt(ledgerOf(lab));
    expect(totals.published).toBe(LETTERS.length);
    expect(totals.handled + totals.lost).toBe(LETTERS.length);
    expect(totals.handled).toBe(new Set(read).size);
    expect(totals.handled + totals.again).toBe(read.length);
    expect(totals.confirmed).toBeLessThanOrEqual(totals.handled);
    sums.push(totals);
  },
  20_000,
);

afterAll(() => {
  // The scripts did break something, and not everything.
  const some = (is: (totals: QueueTotals) => boolean) => expect(sums.some(is)).toBe(true);
  some(({ handled }) => handled === LETTERS.length);
  some(({ lost }) => lost > 0);
});
