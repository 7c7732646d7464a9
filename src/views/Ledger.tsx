// The account of one emitter's messages for one receiver: a column a message, a row a place, at the
// playhead. A pure picture of (ledger, playhead), with a table for those who read instead of look.

import { useMemo } from 'react';
import type { Ledger as Account, Entry } from '../capture/ledger.ts';
import { totalsAt } from '../capture/ledger-totals.ts';
import type { Broken } from '../capture/link-faults.ts';
import { LedgerAccount, type LedgerColumn } from './LedgerGrid.tsx';
import { delayInWords, headingOf, marksAt, nameOfEnd, totalsInWords } from './ledger-marks.ts';
import { describeDuration } from './moments.ts';
import type { ViewProps } from './view.ts';

interface Props extends Pick<ViewProps, 'playhead' | 'selection' | 'onSelect'> {
  readonly ledger: Account;
  /** The start of the capture, µs. */
  readonly start: number;
  /** When the link of its lane let nothing through. */
  readonly broken: readonly Broken[];
}

export function Ledger({ ledger, playhead, selection, onSelect, start, broken }: Props) {
  const totals = totalsAt(ledger, playhead);
  const frames = useMemo(() => ledger.entries.map(framesOf), [ledger]);
  const heading = headingOf(ledger);
  const columns = ledger.entries.map((entry, i): LedgerColumn => {
    const { message, emittedAt } = entry;
    const { emitter, wire, receiver } = marksAt(entry, playhead);
    return {
      message,
      marks: [emitter, wire, receiver],
      isEmitted: emittedAt <= playhead,
      isBroken: broken.some(({ from, until }) => emittedAt > from && emittedAt < until),
      frames: frames[i] ?? new Set(),
    };
  });
  const timeOf = (message: string): string => {
    const at = ledger.entries.find((entry) => entry.message === message)?.emittedAt ?? start;
    return describeDuration(Math.max(0, at - start));
  };
  return (
    <LedgerAccount
      level={4}
      label={`${heading}, ${ledger.lane}`}
      sentence={totalsInWords(totals)}
      more={`Delay: ${delayInWords(totals)}.`}
      rows={[nameOfEnd(ledger.from), 'wire', nameOfEnd(ledger.to)]}
      headings={['Emitter', 'Wire', 'Receiver']}
      {...{ heading, columns, timeOf, selection, onSelect }}
    />
  );
}

const framesOf = ({ events }: Entry): ReadonlySet<number> =>
  new Set(events.flatMap(({ ref }) => (ref ? [ref.frame] : [])));
