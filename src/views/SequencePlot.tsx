// The client's bytes over time: each segment with data at its sequence number, what the server has
// acknowledged as a staircase, losses as crosses. A picture of (capture, playhead); the list has the keys.

import { type PointerEvent, useMemo } from 'react';
import type { Capture } from '../capture/capture.ts';
import { isTcp, segmentNumbers } from '../capture/packet-reading.ts';
import plot from './Plot.module.css';
import { PlotAxes } from './PlotAxes.tsx';
import { type PlotFrame, plotFrame } from './plot-frame.ts';
import styles from './SequencePlot.module.css';
import { useFlying } from './use-flying.ts';
import { useSize } from './use-size.ts';
import type { ViewProps } from './view.ts';

const HEIGHT = 220;

interface Sent {
  readonly frame: number;
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly kind: 'first' | 'again' | 'lost';
}

interface Acked {
  readonly at: number;
  readonly ack: number;
}

type Props = ViewProps & {
  /** Where the capture has lanes from several sources, which of them. */
  readonly lane?: string;
};

export function SequencePlot(view: Props) {
  const { capture, selection, onSelect, lane } = view;
  const { sent, acked, most, last } = useMemo(() => pointsOf(capture, lane), [capture, lane]);
  const playhead = useFlying(view, (at) => Math.floor(at / 2_000));
  const { ref, width } = useSize<HTMLDivElement>();
  const { endAt } = capture;
  const frame = useMemo(() => plotFrame(width, HEIGHT, endAt, most), [width, endAt, most]);
  const { x, y } = frame;
  const past = acked.filter(({ at }) => at <= playhead);
  const gone = sent.filter(({ at }) => at <= playhead);
  const chosen = gone.find((one) => one.frame === selection?.frame);
  const drawn = (kind: Sent['kind']) =>
    gone.map((one) => (one.kind === kind ? shapeOf(one, frame) : '')).join('');
  const press = ({ nativeEvent: { offsetX, offsetY } }: PointerEvent) => {
    const near = nearestTo(gone, frame, offsetX, offsetY);
    if (near) onSelect({ frame: near.frame });
  };
  const known = Math.min(past.at(-1)?.ack ?? 0, last + 1);
  return (
    <figure
      className={plot.plot}
      aria-label={`Sequence numbers over time${lane === undefined ? '' : `, ${lane}`}`}
    >
      <figcaption>
        <b>Sequence numbers over time{lane === undefined ? '' : `, ${lane}`}.</b> Bar: bytes sent
        for the first time. Open bar: sent again. Cross: lost. Staircase: acknowledged, as the
        client knows it; {Math.max(0, known - 1).toLocaleString('en')} bytes so far.
      </figcaption>
      <div ref={ref}>
        <svg width={width} height={HEIGHT} role="presentation" onPointerDown={press}>
          <PlotAxes frame={frame} playhead={playhead} count={4} />
          <path className={styles.acked} d={staircase(past, playhead, x, y)} />
          {KINDS.map((kind) => (
            <path key={kind} className={styles.segment} data-kind={kind} d={drawn(kind)} />
          ))}
          {chosen ? (
            <path className={styles.segment} data-selected="true" d={shapeOf(chosen, frame)} />
          ) : null}
        </svg>
      </div>
    </figure>
  );
}

type Place = (value: number) => number;

/** Every segment of the client that takes sequence numbers, and every new acknowledgement. */
function pointsOf(capture: Capture, lane: string | undefined) {
  const sent: Sent[] = [];
  const acked: Acked[] = [];
  const mine = capture.connections.filter((one) => lane === undefined || one.lane === lane);
  const ids = new Set(mine.map(({ id }) => id));
  for (const frame of capture.frames) {
    if (!ids.has(frame.connection)) continue;
    const numbers = isTcp(frame) ? segmentNumbers(capture, frame) : undefined;
    const { transit } = frame;
    if (!numbers || !transit) continue;
    const { seq, length, ack } = numbers;
    if (frame.direction === 'up' && length > 0) {
      const isAgain = /retransmission|probe/.test(transit.why);
      const kind = transit.arrivedAt === undefined ? 'lost' : isAgain ? 'again' : 'first';
      sent.push({ frame: frame.id, at: transit.leftAt, from: seq, to: seq + length, kind });
    }
    if (frame.direction === 'down' && ack !== undefined && transit.arrivedAt !== undefined) {
      acked.push({ at: transit.arrivedAt, ack });
    }
  }
  acked.sort((a, b) => a.at - b.at);
  const most = sent.reduce((top, { to }) => Math.max(top, to), 1);
  // The last byte of data: a FIN takes a number too, and is no byte.
  return { sent, acked, most, last: most - 1 };
}

function staircase(steps: readonly Acked[], until: number, x: Place, y: Place): string {
  let highest = 0;
  const turns = steps.flatMap(({ at, ack }) => {
    if (ack <= highest) return [];
    highest = ack;
    return [`H${x(at)}V${y(ack)}`];
  });
  return `M${x(0)} ${y(0)}${turns.join('')}H${x(until)}`;
}

const KINDS = ['first', 'again', 'lost'] as const;
const WIDTH = 6;
/** How far off a press may be, in CSS pixels. */
const REACH = 14;

/** A bar from its first byte to its last, or a cross. */
function shapeOf({ at, from, to, kind }: Sent, { x, y }: PlotFrame): string {
  const [left, top, bottom] = [x(at) - WIDTH / 2, y(to), y(from)];
  const middle = (top + bottom) / 2;
  return kind === 'lost'
    ? `M${left - 1} ${middle - 4}l8 8M${left + 7} ${middle - 4}l-8 8`
    : `M${left} ${top}h${WIDTH}v${Math.max(3, bottom - top)}h${-WIDTH}Z`;
}

function nearestTo(
  sent: readonly Sent[],
  { x, y }: PlotFrame,
  left: number,
  top: number,
): Sent | undefined {
  let nearest: Sent | undefined;
  let least = REACH;
  for (const one of sent) {
    const middle = (y(one.from) + y(one.to)) / 2;
    const away = Math.hypot(x(one.at) - left, middle - top);
    if (away > least) continue;
    nearest = one;
    least = away;
  }
  return nearest;
}
