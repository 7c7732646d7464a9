// The sender's congestion window over time, with what is on its way, the threshold of slow start and the
// moments at which the window changed its mind. A picture of (capture, playhead).

import { useMemo } from 'react';
import type { Capture } from '../capture/capture.ts';
import type { EndAccount } from '../capture/end-account.ts';
import { type WindowEvent, windowEvents } from '../capture/end-events.ts';
import styles from './CongestionPlot.module.css';
import { describeDuration } from './moments.ts';
import plot from './Plot.module.css';
import { PlotAxes } from './PlotAxes.tsx';
import { PLOT, type PlotFrame, plotFrame } from './plot-frame.ts';
import { useFlying } from './use-flying.ts';
import { useSize } from './use-size.ts';
import type { ViewProps } from './view.ts';

const HEIGHT = 180;

export function CongestionPlot(view: ViewProps) {
  const { capture } = view;
  const { accounts, events, most } = useMemo(() => seriesOf(capture), [capture]);
  const playhead = useFlying(view, (at) => Math.floor(at / 2_000));
  const { ref, width } = useSize<HTMLDivElement>();
  const frame = plotFrame(width, HEIGHT, capture.endAt, most);
  const past = accounts.filter(({ at }) => at <= playhead);
  const seen = events.filter(({ at }) => at <= playhead);
  return (
    <figure className={plot.plot} aria-label="The congestion window over time">
      <figcaption>
        <b>The client’s congestion window, in segments.</b> Thick line: how many it lets itself have
        on the way. Filled: how many are. Dashed: the threshold at which slow start ends.
      </figcaption>
      <div ref={ref}>
        <svg width={width} height={HEIGHT} role="presentation">
          <Bands {...{ past, playhead, frame }} />
          <path className={styles.flight} d={areaOf(past, playhead, frame)} />
          <path
            className={styles.threshold}
            d={lineOf(past, playhead, frame, (one) => one.ssthresh)}
          />
          <path className={styles.window} d={lineOf(past, playhead, frame, (one) => one.cwnd)} />
          <PlotAxes frame={frame} playhead={playhead} count={3} />
          {seen.map((event, i) => (
            <Mark key={`${event.at} ${event.kind}`} {...{ event, frame }} number={i + 1} />
          ))}
        </svg>
      </div>
      <ol className={styles.events}>
        {seen.map((event, i) => (
          <li key={`${event.at} ${event.kind}`}>
            <b>{i + 1}</b> {`${describeDuration(event.at)}: ${sentenceOf(event)}`}
          </li>
        ))}
      </ol>
    </figure>
  );
}

const segments = (count: number): string => (count === 1 ? 'one segment' : `${count} segments`);

function sentenceOf({ kind, from, to }: WindowEvent): string {
  switch (kind) {
    case 'recovery':
      return `the acknowledgements show a loss. The window begins to fall from ${segments(from)}.`;
    case 'loss':
      return `the timeout runs out. The window falls from ${segments(from)} to ${to}.`;
    case 'repaired':
      return `what was lost is there. The window is ${segments(to)}, and grows again.`;
    default:
      return `slow start is over. From ${segments(to)} on the window grows slowly.`;
  }
}

function seriesOf({ ends = [] }: Capture) {
  const accounts = ends.filter(({ end }) => end === 'client');
  const most = accounts.reduce((top, { cwnd, inFlight }) => Math.max(top, cwnd, inFlight), 1);
  // One more, so that the line does not lie on the edge.
  return { accounts, events: windowEvents(accounts), most: most + 1 };
}

/** A line of steps; a value that is not there leaves a gap. */
function lineOf(
  accounts: readonly EndAccount[],
  until: number,
  { x, y }: PlotFrame,
  value: (account: EndAccount) => number | undefined,
): string {
  return accounts
    .map((account, i) => {
      const height = value(account);
      if (height === undefined) return '';
      const before = accounts[i - 1];
      const isFirst = before === undefined || value(before) === undefined;
      const begin = isFirst ? `M${x(account.at)} ${y(height)}` : `V${y(height)}`;
      return `${begin}H${x(accounts[i + 1]?.at ?? until)}`;
    })
    .join('');
}

function areaOf(accounts: readonly EndAccount[], until: number, frame: PlotFrame): string {
  const [first] = accounts;
  if (!first) return '';
  const line = lineOf(accounts, until, frame, ({ inFlight }) => inFlight);
  return `${line}V${frame.y(0)}H${frame.x(first.at)}Z`;
}

interface BandsProps {
  readonly past: readonly EndAccount[];
  readonly playhead: number;
  readonly frame: PlotFrame;
}

/** Where a loss is being repaired. */
function Bands({ past, playhead, frame: { x, height } }: BandsProps) {
  const bands: { from: number; to: number }[] = [];
  for (const [i, { at, phase }] of past.entries()) {
    if (phase !== 'recovery' && phase !== 'loss') continue;
    const to = past[i + 1]?.at ?? playhead;
    const last = bands.at(-1);
    if (last?.to === at) last.to = to;
    else bands.push({ from: at, to });
  }
  return bands.map(({ from, to }) => (
    <rect
      key={from}
      className={styles.band}
      x={x(from)}
      y={PLOT.top}
      width={Math.max(1, x(to) - x(from))}
      height={height - PLOT.top - PLOT.bottom}
    />
  ));
}

interface MarkProps {
  readonly event: WindowEvent;
  readonly number: number;
  readonly frame: PlotFrame;
}

function Mark({ event: { at, kind }, number, frame: { x, height } }: MarkProps) {
  return (
    <g className={styles.mark} data-kind={kind}>
      <path d={`M${x(at)} ${PLOT.top + 8}V${height - PLOT.bottom}`} />
      <circle cx={x(at)} cy={PLOT.top + 8} r={8} />
      <text x={x(at)} y={PLOT.top + 12} textAnchor="middle">
        {number}
      </text>
    </g>
  );
}
