// The queue over real sockets, under random scripts of faults: every message that was published is accounted
// for exactly once, and the account says what the ends themselves counted.

import { afterAll, expect, it, vi } from 'vitest';
import { createAnalyzer } from '../../../src/capture/analyzer.ts';
import {
  type QueueLedger,
  type QueueTotals,
  queueLedgers,
  queueTotalsAt,
} from '../../../src/capture/queue-ledger.ts';
import { queueReading } from '../../../src/demos/queue/queue-frames.ts';
import { type Message, queueConsumer } from '../../../src/programs/queue-consumer.ts';
import { startFront } from '../../front/testing/start-front.ts';
import type { Lab } from '../lab.ts';
import { randomScript, start } from './testing/random-run.ts';

const MESSAGES = ['m-1', 'm-2', 'm-3', 'm-4', 'm-5', 'm-6'];
/** Messages come faster than two consumers work. */
const TAKES_MS = 25;
const GAP_MS = 8;

async function run(seed: number, settings: Settings) {
  const { port, openLab } = await startFront();
  const lab = openLab(['websocket'], { exercise: 'queue', settings });
  const names = settings.names.split(' ');
  const handled: Record<string, string[]> = {};
  let came = 0;
  const ends = ['A', 'B'].map((who, i) => {
    const { client, note } = start(port, lab, who);
    const queue = names[i] ?? names[0] ?? '';
    const ids = handled[queue] ?? [];
    handled[queue] = ids;
    client.on('deliver', () => came++);
    queueConsumer({
      socket: client as never,
      queue,
      work: async ({ id }: Message) => {
        await new Promise((done) => setTimeout(done, TAKES_MS));
        note('handled', id);
        ids.push(id);
        return true;
      },
      crashes: () => false,
    });
    return client;
  });
  const producer = start(port, lab, 'producer');
  const all = [...ends, producer.client];
  await vi.waitFor(() => expect(all.every(({ connected }) => connected)).toBe(true), 5_000);
  lab.link.set(randomScript(seed));
  for (const id of MESSAGES) {
    producer.note('emitted', id);
    producer.client.emit('publish', { id }, () => undefined);
    await new Promise((done) => setTimeout(done, GAP_MS));
  }
  // The faults end by themselves; then everything that can still be handled is.
  await vi.waitFor(() => {
    for (const ledger of ledgersOf(lab)) expect(queueTotalsAt(ledger).waiting).toBe(0);
  }, 10_000);
  lab.link.set(undefined);
  for (const client of all) client.disconnect();
  await vi.waitFor(() => expect(lab.connections).toBe(0), 5_000);
  return { ledgers: ledgersOf(lab), handled, came };
}

function ledgersOf(lab: Lab): readonly QueueLedger[] {
  const analyzer = createAnalyzer({ provenance: 'observed' });
  for (const record of lab.tap.ring.all()) analyzer.push(record);
  const capture = analyzer.capture();
  return queueLedgers(capture, queueReading(capture));
}

interface Settings extends Readonly<Record<string, string | number | boolean>> {
  readonly names: string;
  readonly confirms: boolean;
}

const sums: QueueTotals[] = [];

it.each<readonly [number, Settings]>([
  [1, { names: 'work', confirms: true, patience: 120, prefetch: 2 }],
  [2, { names: 'work', confirms: false }],
  [3, { names: 'A B', confirms: true, patience: 120, capacity: 2, whenFull: 'drop the oldest' }],
  [4, { names: 'work', confirms: true, patience: 120, capacity: 2, whenFull: 'reject' }],
  [5, { names: 'work', confirms: true, patience: 120, capacity: 2, whenFull: 'hold back' }],
  [6, { names: 'A B', confirms: false }],
])(
  'accounts for every message under the random script %i',
  async (seed, settings) => {
    const { ledgers, handled, came } = await run(seed, settings);
    expect(ledgers.map(({ queue }) => queue)).toEqual(settings.names.split(' '));
    for (const ledger of ledgers) {
      const totals = queueTotalsAt(ledger);
      const { dead, refused, dropped, lost, waiting } = totals;
      expect(totals.published).toBe(MESSAGES.length);
      expect(totals.handled + dead + refused + dropped + lost + waiting).toBe(MESSAGES.length);
      const ids = handled[ledger.queue] ?? [];
      expect(totals.handled).toBe(new Set(ids).size);
      expect(totals.handled + totals.again).toBe(ids.length);
      expect(totals.confirmed).toBeLessThanOrEqual(totals.published);
      if (settings.whenFull !== 'drop the oldest') expect(dropped).toBe(0);
      if (settings.whenFull !== 'reject') expect(refused).toBe(0);
    }
    const events = ledgers.flatMap(({ entries }) => entries.flatMap((entry) => entry.events));
    // What crossed the socket may die with it before its program reads it.
    const delivered = events.filter(({ what }) => what === 'delivered').length;
    expect(delivered).toBeGreaterThanOrEqual(came);
    sums.push(...ledgers.map((ledger) => queueTotalsAt(ledger)));
  },
  20_000,
);

afterAll(() => {
  // The scripts did break something, and not everything.
  const some = (is: (totals: QueueTotals) => boolean) => expect(sums.some(is)).toBe(true);
  some(({ handled }) => handled === MESSAGES.length);
  some(({ lost }) => lost > 0);
  some(({ dropped }) => dropped > 0);
  some(({ redelivered, again }) => redelivered > 0 && again > 0);
});
