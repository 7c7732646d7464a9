// The account of one emitter's messages for one receiver: a column a message, a row a place, at the
// playhead. A pure picture of (ledger, playhead), with a table for those who read instead of look.

import { type KeyboardEvent, memo, useMemo } from 'react';
import type { Ledger as Account, Entry } from '../capture/ledger.ts';
import { totalsAt } from '../capture/ledger-totals.ts';
import type { Broken } from '../capture/link-faults.ts';
import styles from './Ledger.module.css';
import { LedgerMark } from './LedgerMark.tsx';
import {
  delayInWords,
  headingOf,
  type Marks,
  marksAt,
  nameOfEnd,
  shortName,
  totalsInWords,
} from './ledger-marks.ts';
import { describeDuration } from './moments.ts';
import type { ViewProps } from './view.ts';

interface Props extends Pick<ViewProps, 'playhead' | 'selection' | 'onSelect'> {
  readonly ledger: Account;
  /** The start of the capture, µs. */
  readonly start: number;
  /** When the link of its lane let nothing through. */
  readonly broken: readonly Broken[];
}

const PLACES = ['emitter', 'wire', 'receiver'] as const;

export function Ledger({ ledger, playhead, selection, onSelect, start, broken }: Props) {
  const totals = totalsAt(ledger, playhead);
  const frames = useMemo(() => ledger.entries.map(framesOf), [ledger]);
  const selected = frames.findIndex((of) => selection && of.has(selection.frame));
  const heading = headingOf(ledger);
  const sentence = totalsInWords(totals);
  const columns = ledger.entries.map((entry) => ({
    entry,
    marks: marksAt(entry, playhead),
    isBroken: broken.some(({ from, until }) => entry.emittedAt > from && entry.emittedAt < until),
  }));
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    const frame = nextFrame(columns, selected, by);
    if (frame === undefined) return;
    event.preventDefault();
    onSelect({ frame });
  };
  const chosen = columns[selected];
  return (
    <section className={styles.ledger} aria-label={`${heading}, ${ledger.lane}`}>
      <h4>{heading}</h4>
      <p className={styles.totals}>
        {sentence} <span>Delay: {delayInWords(totals)}.</span>
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: marks to be walked through, and a table below. */}
      <div
        className={styles.picture}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys choose a message.
        tabIndex={0}
        aria-label={`${sentence} Use the arrow keys to go from message to message.`}
        onKeyDown={onKeyDown}
      >
        <div className={styles.names} aria-hidden="true">
          <span />
          <span>{nameOfEnd(ledger.from)}</span>
          <span>wire</span>
          <span>{nameOfEnd(ledger.to)}</span>
        </div>
        {columns.map(({ entry, marks, isBroken }, i) => (
          <Column
            key={entry.message}
            name={shortName(entry.message)}
            marks={marks}
            isBroken={isBroken}
            isSelected={i === selected}
            onSelect={onSelect}
          />
        ))}
      </div>
      <p className={styles.chosen} aria-live="polite">
        {chosen ? inWords(chosen) : ''}
      </p>
      <LedgerTable columns={columns} start={start} playhead={playhead} onSelect={onSelect} />
    </section>
  );
}

interface Shown {
  readonly entry: Entry;
  readonly marks: Marks;
  /** It was emitted while the link was broken. */
  readonly isBroken: boolean;
}

const framesOf = ({ events }: Entry): ReadonlySet<number> =>
  new Set(events.flatMap(({ ref }) => (ref ? [ref.frame] : [])));

/** The frame of the next message in that direction that has one. */
function nextFrame(columns: readonly Shown[], from: number, by: number): number | undefined {
  const start = from < 0 && by < 0 ? columns.length : from;
  for (let i = start + by; i >= 0 && i < columns.length; i += by) {
    const frame = frameOf(columns[i]?.marks);
    if (frame !== undefined) return frame;
  }
  return undefined;
}

const frameOf = (marks: Marks | undefined): number | undefined =>
  marks?.receiver.frame ?? marks?.wire.frame ?? marks?.emitter.frame;

const inWords = ({ entry: { message }, marks, isBroken }: Shown): string =>
  `Message ${message}${isBroken ? ', emitted while the link was broken' : ''}: ${PLACES.map(
    (place) => marks[place].words,
  )
    .filter(Boolean)
    .join('; ')}.`;

interface ColumnProps extends Pick<ViewProps, 'onSelect'> {
  readonly name: string;
  readonly marks: Marks;
  readonly isBroken: boolean;
  readonly isSelected: boolean;
}

const Column = memo(
  function Column({ name, marks, isBroken, isSelected, onSelect }: ColumnProps) {
    return (
      <div className={styles.column} data-selected={isSelected} aria-hidden="true">
        {marks.emitter.shape === 'none' ? (
          <span />
        ) : (
          <span className={styles.name} data-broken={isBroken}>
            {name}
          </span>
        )}
        {PLACES.map((place) => {
          const { shape, count, words, frame } = marks[place];
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the group has the keys.
            <span
              key={place}
              className={styles.cell}
              title={words}
              data-has-frame={frame !== undefined}
              onClick={() => frame !== undefined && onSelect({ frame })}
            >
              <LedgerMark shape={shape} count={count} />
            </span>
          );
        })}
      </div>
    );
  },
  (before, after) =>
    before.isSelected === after.isSelected &&
    before.isBroken === after.isBroken &&
    before.onSelect === after.onSelect &&
    PLACES.every(
      (place) =>
        before.marks[place].words === after.marks[place].words &&
        before.marks[place].frame === after.marks[place].frame,
    ),
);

interface TableProps extends Pick<ViewProps, 'playhead' | 'onSelect'> {
  readonly columns: readonly Shown[];
  readonly start: number;
}

function LedgerTable({ columns, start, playhead, onSelect }: TableProps) {
  return (
    <details className={styles.table}>
      <summary>As a table</summary>
      <div>
        <table>
          <thead>
            <tr>
              {['Message', 'Emitted at', 'Emitter', 'Wire', 'Receiver'].map((heading) => (
                <th key={heading} scope="col">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {columns
              .filter(({ entry }) => entry.emittedAt <= playhead)
              .map(({ entry, marks, isBroken }) => (
                <tr key={entry.message}>
                  <th scope="row">{entry.message}</th>
                  <td>
                    {describeDuration(Math.max(0, entry.emittedAt - start))}
                    {isBroken ? ', link broken' : ''}
                  </td>
                  <td>{marks.emitter.words}</td>
                  <td>
                    <WireCell marks={marks} onSelect={onSelect} />
                  </td>
                  <td>{marks.receiver.words}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function WireCell({ marks, onSelect }: { readonly marks: Marks } & Pick<ViewProps, 'onSelect'>) {
  const { words, frame } = marks.wire;
  if (frame === undefined) return words;
  return (
    <button type="button" onClick={() => onSelect({ frame })}>
      {words}, frame {frame + 1}
    </button>
  );
}
