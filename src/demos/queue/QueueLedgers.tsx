// The account of every message of a queue: a column a message, a row for the producer, the queue and each
// consumer, at the playhead. One account a queue.

import { useMemo } from 'react';
import type { Capture } from '../../capture/capture.ts';
import { LedgerAccount, type LedgerColumn, LedgerLegend } from '../../views/LedgerGrid.tsx';
import { describeDuration, startOf } from '../../views/moments.ts';
import type { ViewProps } from '../../views/view.ts';
import styles from './Extra.module.css';
import { type QueueLedger, queueLedgers, queueTotalsAt } from './queue-ledger.ts';
import { QUEUE_SHAPES, queueMarksAt, queueTotalsInWords } from './queue-marks.ts';

export function QueueLedgers({ capture, ...view }: ViewProps) {
  const ledgers = useMemo(() => queueLedgers(capture), [capture]);
  return (
    <section className={styles.accounts} aria-label="The account of every message">
      <h2>What became of every message</h2>
      <LedgerLegend shapes={QUEUE_SHAPES} />
      {ledgers.map((ledger) => (
        <Account key={ledger.queue} {...view} capture={capture} ledger={ledger} />
      ))}
      {ledgers.length === 0 ? <p>No message was published yet.</p> : null}
    </section>
  );
}

interface Props extends Omit<ViewProps, 'capture'> {
  readonly capture: Capture;
  readonly ledger: QueueLedger;
}

function Account({ capture, ledger, playhead, selection, onSelect }: Props) {
  const { queue, consumers, entries } = ledger;
  const start = startOf(capture);
  const columns = entries.map(
    (entry): LedgerColumn => ({
      message: entry.message,
      marks: queueMarksAt(entry, consumers, playhead),
      isEmitted: entry.emittedAt <= playhead,
      isBroken: false,
      frames: new Set(entry.events.flatMap(({ ref }) => (ref ? [ref.frame] : []))),
    }),
  );
  const timeOf = (message: string): string => {
    const at = entries.find((entry) => entry.message === message)?.emittedAt ?? start;
    return describeDuration(Math.max(0, at - start));
  };
  return (
    <LedgerAccount
      level={3}
      label={`The account of the queue ${queue}`}
      heading={`Queue “${queue}”`}
      sentence={queueTotalsInWords(queueTotalsAt(ledger, playhead))}
      rows={['producer', 'queue', ...consumers.map((name) => `consumer ${name}`)]}
      headings={['Producer', 'Queue', ...consumers.map((name) => `Consumer ${name}`)]}
      {...{ columns, timeOf, selection, onSelect }}
    />
  );
}
