// A program beside the wire: the line that ran last is lit, with the frame that it caused or that
// caused it. A pure picture of (capture, playhead).

import { useMemo } from 'react';
import styles from './CodeView.module.css';
import { type LineRun, type Listing, runsOf } from './listing.ts';
import type { ViewProps } from './view.ts';

interface Props extends Pick<ViewProps, 'capture' | 'playhead' | 'onSelect'> {
  readonly listing: Listing;
}

export function CodeView({ capture, playhead, onSelect, listing }: Props) {
  const runs = useMemo(() => runsOf(listing, capture), [listing, capture]);
  const past = runs.filter(({ at }) => at <= playhead);
  const latest = past.at(-1);
  return (
    <figure className={styles.code} aria-label={listing.title}>
      <figcaption>{listing.title}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, so keys must reach it */}
      <ol tabIndex={0} aria-label="Lines">
        {listing.text.split('\n').map((text, line) => (
          <Line
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number.
            key={line}
            text={text}
            runs={past.filter((run) => run.line === line)}
            isLatest={latest?.line === line}
            onSelect={onSelect}
          />
        ))}
      </ol>
      <p className="visually-hidden" role="status">
        {latest ? `Line ${latest.line + 1} ran.` : ''}
      </p>
    </figure>
  );
}

interface LineProps extends Pick<ViewProps, 'onSelect'> {
  readonly text: string;
  /** So far. */
  readonly runs: readonly LineRun[];
  readonly isLatest: boolean;
}

function Line({ text, runs, isLatest, onSelect }: LineProps) {
  const frame = runs.findLast((run) => run.frame !== undefined)?.frame;
  const count = runs.length;
  return (
    <li data-ran={count > 0} data-now={isLatest} {...(isLatest ? { 'aria-current': true } : {})}>
      <code>{text === '' ? ' ' : text}</code>
      {count === 0 ? null : frame === undefined ? (
        <span className={styles.count}>ran {times(count)}</span>
      ) : (
        <button type="button" className={styles.count} onClick={() => onSelect({ frame })}>
          ran {times(count)}
          <span className="visually-hidden">, show the frame</span>
        </button>
      )}
    </li>
  );
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);
