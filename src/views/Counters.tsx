// What each way had cost and brought at this moment, and what follows from it on paper. A pure picture
// of (capture, playhead); what is computed rather than measured says so.

import { useMemo } from 'react';
import type { Capture } from '../capture/capture.ts';
import { type LaneCounts, laneCounts } from '../capture/lane-counts.ts';
import { quietHour } from '../capture/way-costs.ts';
import { ProvenanceMark } from '../ui/ProvenanceMark.tsx';
import styles from './Counters.module.css';
import { describeDuration } from './moments.ts';
import type { ViewProps } from './view.ts';

export interface CountedLane {
  readonly lane: string;
  readonly label: string;
  /** A request that hangs is answered and asked anew after so long, though nothing happened. */
  readonly holdSeconds?: number;
  /** It asks again and again, at an interval. */
  readonly asks?: boolean;
}

interface Props extends Pick<ViewProps, 'capture' | 'playhead'> {
  readonly lanes: readonly CountedLane[];
}

/** A step of 1/20 s is enough for numbers that people read. */
const STEP = 50_000;
const MANY = 10_000;

export function Counters({ capture, playhead, lanes }: Props) {
  const isOver = playhead >= capture.endAt;
  const moment = isOver ? capture.endAt : Math.floor(playhead / STEP) * STEP;
  const rows = useMemo(() => {
    const present = new Set(capture.notes.map(({ lane }) => lane));
    const shown = lanes.filter(({ lane }) => present.has(lane));
    const names = shown.map(({ lane }) => lane);
    return laneCounts(capture, names, moment).map((counts, i) => ({
      counts,
      way: shown[i] as CountedLane,
    }));
  }, [capture, lanes, moment]);
  if (rows.length === 0) return null;
  return (
    <section className={styles.counters} aria-label="What each way costs">
      <h2>What each way costs</h2>
      <ul>
        {rows.map(({ counts, way }) => (
          <Lane key={way.lane} {...{ capture, counts, way, isOver }} />
        ))}
      </ul>
      <p className={styles.note}>
        Bytes are what TCP carried in both directions. An item is late if the next one, or the next
        burst, was there before the page had heard it.
      </p>
    </section>
  );
}

interface LaneProps {
  readonly capture: Capture;
  readonly counts: LaneCounts;
  readonly way: CountedLane;
  readonly isOver: boolean;
}

function Lane({ capture, counts, way, isOver }: LaneProps) {
  const { bytes, savedBytes, newsBytes } = counts;
  const plain = bytes + savedBytes;
  const share = plain <= 0 ? 0 : Math.min(100, (100 * newsBytes) / plain);
  const missing = counts.emitted - counts.handled;
  return (
    <li>
      <h3>{way.label}</h3>
      <dl>
        <Row name="Requests" value={number(counts.requests)} />
        <Row name="Connections" value={number(counts.connections)} />
        <Row name="WebSocket frames" value={number(counts.webSocketFrames)} />
        <Row name="On the wire" value={`${number(bytes)} bytes`} />
        <Row name="News" value={`${number(newsBytes)} bytes`} />
        <Row name="Around it" value={`${number(Math.max(0, plain - newsBytes))} bytes`} />
        {savedBytes !== 0 && <Row name="Saved by compression" value={saved(savedBytes)} />}
        <Row name="Delay, median" value={delay(counts.medianDelay)} />
        <Row name="Delay, 95 %" value={delay(counts.p95Delay)} />
        <Row name="Late" value={`${counts.late} of ${counts.handled}`} />
        <Row name={isOver ? 'Missed' : 'Not here yet'} value={number(missing)} />
      </dl>
      <span className={styles.bar} aria-hidden="true">
        <span style={{ width: `${share}%` }} />
      </span>
      <p>
        {bytes === 0
          ? 'Nothing crossed the wire yet.'
          : `${share.toFixed(1)} % of all bytes is news${savedBytes === 0 ? '' : ', inflated'}.`}
      </p>
      {isOver && <OnPaper {...{ capture, counts, way }} />}
    </li>
  );
}

function OnPaper({ capture, counts, way }: Omit<LaneProps, 'isOver'>) {
  const hour = quietHour(capture, counts, way);
  if (hour === undefined) return null;
  return (
    <div className={styles.paper}>
      <ProvenanceMark provenance="derived" />
      <dl>
        <Row name="An hour of quiet" value={size(hour)} />
        <Row name={`The same, ${number(MANY)} clients`} value={`${size((MANY * hour) / 3600)}/s`} />
      </dl>
    </div>
  );
}

const Row = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);

const number = (value: number): string => Math.round(value).toLocaleString('en-GB');

const saved = (bytes: number): string =>
  bytes > 0 ? `${number(bytes)} bytes` : `nothing: ${number(-bytes)} bytes more`;

const delay = (micros: number | undefined): string =>
  micros === undefined ? 'none yet' : describeDuration(micros);

const size = (bytes: number): string => {
  if (bytes < 1_000) return `${number(bytes)} bytes`;
  return bytes < 1_000_000
    ? `${(bytes / 1_000).toFixed(1)} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
};
