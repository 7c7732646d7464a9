// The picture of a ledger and its table: a column a message, a row an endpoint. It is told the marks and
// knows no message.

import { type CSSProperties, type KeyboardEvent, memo } from 'react';
import styles from './Ledger.module.css';
import { LedgerMark } from './LedgerMark.tsx';
import { type Mark, type Shape, shortName } from './ledger-marks.ts';
import type { ViewProps } from './view.ts';

export interface LedgerColumn {
  readonly message: string;
  /** False before it was emitted. */
  readonly isEmitted: boolean;
  /** It was emitted while the link was broken. */
  readonly isBroken: boolean;
  /** A mark a row, in the order of the rows. */
  readonly marks: readonly Mark[];
  /** All frames that carried it. */
  readonly frames: ReadonlySet<number>;
}

interface AccountProps extends Pick<ViewProps, 'selection' | 'onSelect'> {
  /** What it is called by those who hear it. */
  readonly label: string;
  readonly heading: string;
  /** How deep the heading stands. */
  readonly level: 3 | 4;
  /** The account in one sentence, and what is said besides. */
  readonly sentence: string;
  readonly more?: string;
  readonly rows: readonly string[];
  /** The same for the table. */
  readonly headings: readonly string[];
  readonly columns: readonly LedgerColumn[];
  /** When it was emitted, in words. */
  timeOf(message: string): string;
}

/** Heading, sum, picture and table. */
export function LedgerAccount({ label, heading, level, sentence, more, ...parts }: AccountProps) {
  const Heading = `h${level}` as const;
  const { rows, headings, columns, timeOf, selection, onSelect } = parts;
  return (
    <section className={styles.ledger} aria-label={label}>
      <Heading>{heading}</Heading>
      <p className={styles.totals}>
        {sentence} {more === undefined ? null : <span>{more}</span>}
      </p>
      <LedgerGrid {...{ rows, columns, sentence, selection, onSelect }} />
      <LedgerTable {...{ headings, columns, timeOf, onSelect }} />
    </section>
  );
}

type Props = Pick<AccountProps, 'rows' | 'columns' | 'sentence' | 'selection' | 'onSelect'>;

function LedgerGrid({ rows, columns, sentence, selection, onSelect }: Props) {
  const selected = columns.findIndex(({ frames }) => selection && frames.has(selection.frame));
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    const frame = nextFrame(columns, selected, by);
    if (frame === undefined) return;
    event.preventDefault();
    onSelect({ frame });
  };
  const chosen = columns[selected];
  const style = { '--rows': rows.length } as CSSProperties;
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: marks to be walked through, and a table below. */}
      <div
        className={styles.picture}
        style={style}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys choose a message.
        tabIndex={0}
        aria-label={`${sentence} Use the arrow keys to go from message to message.`}
        onKeyDown={onKeyDown}
      >
        <div className={styles.names} aria-hidden="true">
          <span />
          {rows.map((row) => (
            <span key={row}>{row}</span>
          ))}
        </div>
        {columns.map((column, i) => (
          <Column
            key={column.message}
            column={column}
            isSelected={i === selected}
            onSelect={onSelect}
          />
        ))}
      </div>
      <p className={styles.chosen} aria-live="polite">
        {chosen ? inWords(chosen) : ''}
      </p>
    </>
  );
}

/** The frame of the next message in that direction that has one. */
function nextFrame(columns: readonly LedgerColumn[], from: number, by: number): number | undefined {
  const start = from < 0 && by < 0 ? columns.length : from;
  for (let i = start + by; i >= 0 && i < columns.length; i += by) {
    const frame = columns[i]?.marks.findLast((mark) => mark.frame !== undefined)?.frame;
    if (frame !== undefined) return frame;
  }
  return undefined;
}

const inWords = ({ message, marks, isBroken }: LedgerColumn): string =>
  `Message ${message}${isBroken ? ', emitted while the link was broken' : ''}: ${marks
    .map(({ words }) => words)
    .filter(Boolean)
    .join('; ')}.`;

interface ColumnProps extends Pick<ViewProps, 'onSelect'> {
  readonly column: LedgerColumn;
  readonly isSelected: boolean;
}

const Column = memo(
  function Column({ column, isSelected, onSelect }: ColumnProps) {
    const { message, isEmitted, isBroken, marks } = column;
    return (
      <div className={styles.column} data-selected={isSelected} aria-hidden="true">
        {isEmitted ? (
          <span className={styles.name} data-broken={isBroken}>
            {shortName(message)}
          </span>
        ) : (
          <span />
        )}
        {marks.map(({ shape, count, words, frame }, row) => (
          // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the group has the keys.
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place.
            key={row}
            className={styles.cell}
            title={words}
            data-has-frame={frame !== undefined}
            onClick={() => frame !== undefined && onSelect({ frame })}
          >
            <LedgerMark shape={shape} count={count} />
          </span>
        ))}
      </div>
    );
  },
  (before, after) =>
    before.isSelected === after.isSelected &&
    before.column.isBroken === after.column.isBroken &&
    before.column.isEmitted === after.column.isEmitted &&
    before.onSelect === after.onSelect &&
    before.column.marks.length === after.column.marks.length &&
    before.column.marks.every(
      ({ words, frame }, i) =>
        words === after.column.marks[i]?.words && frame === after.column.marks[i]?.frame,
    ),
);

type TableProps = Pick<AccountProps, 'headings' | 'columns' | 'timeOf' | 'onSelect'>;

function LedgerTable({ headings, columns, timeOf, onSelect }: TableProps) {
  return (
    <details className={styles.table}>
      <summary>As a table</summary>
      <div>
        <table>
          <thead>
            <tr>
              {['Message', 'Emitted at', ...headings].map((heading) => (
                <th key={heading} scope="col">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {columns
              .filter(({ isEmitted }) => isEmitted)
              .map(({ message, marks, isBroken }) => (
                <tr key={message}>
                  <th scope="row">{message}</th>
                  <td>
                    {timeOf(message)}
                    {isBroken ? ', link broken' : ''}
                  </td>
                  {marks.map((mark, i) => (
                    <td key={headings[i]}>
                      <Cell mark={mark} onSelect={onSelect} />
                    </td>
                  ))}
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Cell({ mark, onSelect }: { readonly mark: Mark } & Pick<ViewProps, 'onSelect'>) {
  const { words, frame } = mark;
  if (frame === undefined) return words;
  return (
    <button type="button" onClick={() => onSelect({ frame })}>
      {words}, frame {frame + 1}
    </button>
  );
}

interface LegendProps {
  readonly shapes: readonly (readonly [Shape, string])[];
  readonly hasBroken?: boolean;
}

export const LedgerLegend = ({ shapes, hasBroken = false }: LegendProps) => (
  <ul className={styles.legend} aria-label="What the marks mean">
    {hasBroken ? (
      <li>
        <span className={styles.broken} aria-hidden="true" /> emitted while the link was broken
      </li>
    ) : null}
    {shapes.map(([shape, words]) => (
      <li key={shape}>
        <LedgerMark shape={shape} count={1} /> {words}
      </li>
    ))}
  </ul>
);
