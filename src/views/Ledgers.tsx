// All ledgers of a capture: the accounts of its lanes compared, then each in full. A pure picture of
// (capture, playhead).

import { useMemo } from 'react';
import { type Ledger as Account, ledgersOf, SERVER } from '../capture/ledger.ts';
import { mostKeptByServer, totalsAt } from '../capture/ledger-totals.ts';
import { brokenSpans } from '../capture/link-faults.ts';
import { Ledger } from './Ledger.tsx';
import { LedgerLegend } from './LedgerGrid.tsx';
import styles from './Ledgers.module.css';
import { headingOf, SHAPE_WORDS, type Shape } from './ledger-marks.ts';
import { describeDuration, startOf } from './moments.ts';
import type { ViewProps } from './view.ts';

interface Props extends ViewProps {
  /** What a lane is called; its own name where it is missing. */
  readonly titles?: Readonly<Record<string, string>>;
}

export function Ledgers({ capture, playhead, selection, onSelect, titles = {} }: Props) {
  const ledgers = useMemo(() => ledgersOf(capture), [capture]);
  const lanes = [...new Set(ledgers.map(({ lane }) => lane))].toSorted(inOrderOf(titles));
  const start = startOf(capture);
  const broken = useMemo(
    () => new Map(capture.notes.map(({ lane }) => [lane, brokenSpans(capture, lane)])),
    [capture],
  );
  if (ledgers.length === 0) return <p className={styles.empty}>No message was emitted yet.</p>;
  return (
    <section className={styles.ledgers} aria-label="The account of every message">
      <h2>What became of every message</h2>
      <LedgerLegend shapes={LEGEND} hasBroken />
      {lanes.length > 1 ? <Comparison {...{ capture, ledgers, lanes, playhead, titles }} /> : null}
      <div className={styles.lanes}>
        {lanes.map((lane) => (
          <div key={lane} className={styles.lane}>
            <h3>{titles[lane] ?? lane}</h3>
            {ledgers
              .filter((ledger) => ledger.lane === lane)
              .map((ledger) => (
                <Ledger
                  key={`${ledger.from} ${ledger.to}`}
                  {...{ ledger, playhead, selection, onSelect, start }}
                  broken={broken.get(lane) ?? []}
                />
              ))}
            <p className={styles.kept}>{keptInWords(mostKeptByServer(capture, lane, playhead))}</p>
          </div>
        ))}
      </div>
    </section>
  );
}

/** As the titles stand; lanes without one come last. */
function inOrderOf(titles: Readonly<Record<string, string>>) {
  const places = new Map(Object.keys(titles).map((lane, i) => [lane, i]));
  const place = (lane: string): number => places.get(lane) ?? places.size;
  return (a: string, b: string): number => place(a) - place(b);
}

const keptInWords = (kept: number): string =>
  kept === 0
    ? 'The server’s program kept no message.'
    : `The server kept ${kept === 1 ? '1 message' : `${kept} messages`} at one time, at most.`;

const LEGEND = Object.entries(SHAPE_WORDS) as [Shape, string][];

interface ComparisonProps extends Pick<ViewProps, 'capture' | 'playhead'> {
  readonly ledgers: readonly Account[];
  readonly lanes: readonly string[];
  readonly titles: Readonly<Record<string, string>>;
}

const COLUMNS = ['delivered', 'lost', 'not yet', 'repeats', 'out of order', 'median', 'most'];

/** Strategies as rows; what the server emitted first, as the question of this account is about that. */
function Comparison({ capture, ledgers, lanes, playhead, titles }: ComparisonProps) {
  const directions = [...new Set(ledgers.map(({ from }) => from === SERVER))];
  return directions.map((isDown) => {
    const theirs = ledgers.filter(({ from }) => (from === SERVER) === isDown);
    return (
      <div key={String(isDown)} className={styles.comparison}>
        <table>
          <caption>{headingOf(theirs[0] as Account)}</caption>
          <thead>
            <tr>
              {['Strategy', ...COLUMNS, ...(isDown ? ['kept by the server'] : [])].map((one) => (
                <th key={one} scope="col">
                  {one}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lanes.map((lane) => {
              const ledger = theirs.find((one) => one.lane === lane);
              return ledger ? (
                <tr key={lane}>
                  <th scope="row">{titles[lane] ?? lane}</th>
                  {figuresOf(ledger, playhead).map((figure, i) => (
                    <td key={COLUMNS[i]}>{figure}</td>
                  ))}
                  {isDown ? <td>{mostKeptByServer(capture, lane, playhead)}</td> : null}
                </tr>
              ) : null;
            })}
          </tbody>
        </table>
      </div>
    );
  });
}

function figuresOf(ledger: Account, playhead: number): readonly (string | number)[] {
  const { delivered, lost, waiting, duplicated, overtaken, delay } = totalsAt(ledger, playhead);
  const inWords = (micros: number | undefined): string =>
    micros === undefined ? '–' : describeDuration(Math.max(0, micros));
  return [
    delivered,
    lost,
    waiting,
    duplicated,
    overtaken,
    inWords(delay?.median),
    inWords(delay?.most),
  ];
}
