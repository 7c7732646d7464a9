// The account of every message of a queue: a column a message, a row for the producer, the queue and each
// consumer, at the playhead. One account a queue. How to read the frames, and what things are called, it
// is told.

import { useMemo } from 'react';
import type { Capture } from '../capture/capture.ts';
import { type QueueLedger, queueLedgers, queueTotalsAt } from '../capture/queue-ledger.ts';
import type { QueueReading } from '../capture/queue-reading.ts';
import { LedgerAccount, type LedgerColumn, LedgerLegend } from './LedgerGrid.tsx';
import { describeDuration, startOf } from './moments.ts';
import styles from './QueueLedgers.module.css';
import { type QueueWords, queueMarksAt, queueShapes, queueTotalsInWords } from './queue-marks.ts';
import type { ViewProps } from './view.ts';

interface Naming {
  readonly words: QueueWords;
  /** The account of a queue: as a heading, and for those who hear it. */
  titleOf(queue: string): { readonly heading: string; readonly label: string };
  /** The rows of the producer, the queue and each consumer: in the picture, and in the table. */
  rowsOf(consumers: readonly string[]): readonly string[];
}

interface Props extends ViewProps, Naming {
  /** Keeps nothing; the same for the same capture. */
  readonly read: (capture: Capture) => QueueReading;
}

export function QueueLedgers({ capture, read, ...parts }: Props) {
  const ledgers = useMemo(() => queueLedgers(capture, read(capture)), [capture, read]);
  return (
    <section className={styles.accounts} aria-label="The account of every message">
      <h2>What became of every message</h2>
      <LedgerLegend shapes={queueShapes(parts.words)} />
      {ledgers.map((ledger) => (
        <Account key={ledger.queue} {...parts} capture={capture} ledger={ledger} />
      ))}
      {ledgers.length === 0 ? <p>No message was {parts.words.published} yet.</p> : null}
    </section>
  );
}

interface AccountProps extends ViewProps, Naming {
  readonly ledger: QueueLedger;
}

function Account({ capture, ledger, playhead, ...parts }: AccountProps) {
  const { selection, onSelect, words, titleOf, rowsOf } = parts;
  const { queue, consumers, entries } = ledger;
  const start = startOf(capture);
  const columns = entries.map(
    (entry): LedgerColumn => ({
      message: entry.message,
      marks: queueMarksAt(entry, consumers, playhead, words),
      isEmitted: entry.emittedAt <= playhead,
      isBroken: false,
      frames: new Set(entry.events.flatMap(({ ref }) => (ref ? [ref.frame] : []))),
    }),
  );
  const timeOf = (message: string): string => {
    const at = entries.find((entry) => entry.message === message)?.emittedAt ?? start;
    return describeDuration(Math.max(0, at - start));
  };
  const rows = rowsOf(consumers);
  return (
    <LedgerAccount
      level={3}
      {...titleOf(queue)}
      sentence={queueTotalsInWords(queueTotalsAt(ledger, playhead), words)}
      rows={rows}
      headings={rows.map((row) => row.charAt(0).toUpperCase() + row.slice(1))}
      {...{ columns, timeOf, selection, onSelect }}
    />
  );
}
