// What each way would cost at another rate of news, and short polling at another interval: lines on paper,
// from this run's own sizes. A pure picture of a capture; nothing in it was measured at those rates.

import { useMemo } from 'react';
import type { Capture } from '../capture/capture.ts';
import { asksEvery, costAt, type WayCost, wayCost } from '../capture/way-costs.ts';
import { ProvenanceMark } from '../ui/ProvenanceMark.tsx';
import styles from './CostPlot.module.css';

export interface PlottedWay {
  readonly lane: string;
  readonly label: string;
  readonly holdSeconds?: number;
  readonly asks?: boolean;
}

const [WIDTH, HEIGHT] = [420, 240];
const BOX = { left: 56, right: 408, top: 12, bottom: 200 } as const;
const DASHES = ['none', '8 4', '2 3', '10 3 2 3'];
const DECADES = { rate: [-2, 1.5], interval: [-1, 1.5], bytes: [-1, 5.5] } as const;

type Range = readonly [number, number];

const along = (value: number, [from, to]: Range, a: number, b: number): number =>
  a + ((Math.log10(value) - from) / (to - from)) * (b - a);
const x = (value: number, range: Range): number => along(value, range, BOX.left, BOX.right);
const y = (bytes: number): number =>
  along(Math.max(bytes, 0.1), DECADES.bytes, BOX.bottom, BOX.top);

const STEPS = Array.from({ length: 41 }, (_, i) => i / 40);
const at = ([from, to]: Range, part: number): number => 10 ** (from + part * (to - from));

const path = (range: Range, bytes: (value: number) => number): string =>
  STEPS.map((part, i) => {
    const value = at(range, part);
    return `${i === 0 ? 'M' : 'L'}${x(value, range).toFixed(1)} ${y(bytes(value)).toFixed(1)}`;
  }).join('');

interface Props {
  readonly capture: Capture;
  readonly ways: readonly PlottedWay[];
}

export function CostPlot({ capture, ways }: Props) {
  const costs = useMemo(
    () =>
      ways.flatMap(({ lane, label, holdSeconds, asks }) => {
        const every = asks ? asksEvery(capture, lane) : undefined;
        if (asks && every === undefined) return [];
        const cost = wayCost(capture, {
          lane,
          ...(every === undefined ? {} : { asksEvery: every }),
          ...(holdSeconds === undefined ? {} : { holdSeconds }),
        });
        return cost ? [{ label, cost, every }] : [];
      }),
    [capture, ways],
  );
  const asking = costs.find(({ every }) => every !== undefined);
  if (costs.length < 2) return null;
  return (
    <section className={styles.plots} aria-label="The same on paper, at other rates">
      <h2>The same on paper, at other rates</h2>
      <ProvenanceMark provenance="derived" />
      <div>
        <figure>
          <Axes range={DECADES.rate} ticks={[0.01, 0.1, 1, 10]} unit="items a second">
            {costs.map(({ label, cost }, i) => (
              <path
                key={label}
                d={path(DECADES.rate, (rate) => costAt(cost, rate))}
                strokeDasharray={DASHES[i % DASHES.length]}
              />
            ))}
          </Axes>
          <figcaption>
            Bytes a second for one client, over the rate of news. {inWords(costs)}
          </figcaption>
          <ul>
            {costs.map(({ label }, i) => (
              <li key={label}>
                <svg viewBox="0 0 36 8" aria-hidden="true">
                  <path d="M0 4H36" strokeDasharray={DASHES[i % DASHES.length]} />
                </svg>
                {label}
              </li>
            ))}
          </ul>
        </figure>
        {asking ? <OverInterval {...asking} /> : null}
      </div>
    </section>
  );
}

function OverInterval({
  label,
  cost,
  every = 1,
}: {
  readonly label: string;
  readonly cost: WayCost;
  readonly every?: number | undefined;
}) {
  const { bytesPerAsk = 0 } = cost;
  return (
    <figure>
      <Axes range={DECADES.interval} ticks={[0.1, 1, 10]} unit="seconds between two questions">
        <path d={path(DECADES.interval, (seconds) => bytesPerAsk / seconds)} />
        <circle cx={x(every, DECADES.interval)} cy={y(bytesPerAsk / every)} r={4} />
      </Axes>
      <figcaption>
        {label}, bytes a second without any news, over its interval. The dot is this run: a question
        every {every.toFixed(2)} s. An item waits half an interval on average, so half the bytes
        cost twice the delay.
      </figcaption>
    </figure>
  );
}

interface AxesProps {
  readonly range: Range;
  readonly ticks: readonly number[];
  readonly unit: string;
  readonly children: React.ReactNode;
}

function Axes({ range, ticks, unit, children }: AxesProps) {
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {[1, 10, 100, 1_000, 10_000, 100_000].map((bytes) => (
        <g key={bytes}>
          <line x1={BOX.left} x2={BOX.right} y1={y(bytes)} y2={y(bytes)} />
          <text x={BOX.left - 6} y={y(bytes) + 4} textAnchor="end">
            {bytes >= 1_000 ? `${bytes / 1_000} kB` : `${bytes} B`}
          </text>
        </g>
      ))}
      {ticks.map((tick) => (
        <text key={tick} x={x(tick, range)} y={BOX.bottom + 16} textAnchor="middle">
          {tick}
        </text>
      ))}
      <text x={(BOX.left + BOX.right) / 2} y={BOX.bottom + 34} textAnchor="middle">
        {unit}
      </text>
      {children}
    </svg>
  );
}

/** What a picture says, for those who do not see it. */
const inWords = (costs: readonly { readonly label: string; readonly cost: WayCost }[]): string =>
  costs
    .map(
      ({ label, cost }) =>
        `${label}: ${Math.round(cost.bytesPerSecond)} bytes a second anyway and ${Math.round(cost.bytesPerItem)} for each item.`,
    )
    .join(' ');
