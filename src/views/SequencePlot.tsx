// The client's bytes over time: each segment with data at its sequence number, what the server has
// acknowledged as a staircase, losses as crosses. A picture of (capture, playhead); the list has the keys.

import { useMemo } from 'react';
import type { Capture } from '../capture/capture.ts';
import { isTcp, segmentNumbers } from '../capture/packet-reading.ts';
import plot from './Plot.module.css';
import { PlotAxes } from './PlotAxes.tsx';
import { plotFrame } from './plot-frame.ts';
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

export function SequencePlot(view: ViewProps) {
  const { capture, selection, onSelect } = view;
  const { sent, acked, most, last } = useMemo(() => pointsOf(capture), [capture]);
  const playhead = useFlying(view, (at) => Math.floor(at / 2_000));
  const { ref, width } = useSize<HTMLDivElement>();
  const frame = plotFrame(width, HEIGHT, capture.endAt, most);
  const { x, y } = frame;
  const past = acked.filter(({ at }) => at <= playhead);
  const known = Math.min(past.at(-1)?.ack ?? 0, last + 1);
  return (
    <figure className={plot.plot} aria-label="Sequence numbers over time">
      <figcaption>
        <b>Sequence numbers over time.</b> Bar: bytes sent for the first time. Open bar: sent again.
        Cross: lost. Staircase: acknowledged, as the client knows it;{' '}
        {Math.max(0, known - 1).toLocaleString('en')} bytes so far.
      </figcaption>
      <div ref={ref}>
        <svg width={width} height={HEIGHT} role="presentation">
          <PlotAxes frame={frame} playhead={playhead} count={4} />
          <path className={styles.acked} d={staircase(past, playhead, x, y)} />
          {sent
            .filter(({ at }) => at <= playhead)
            .map((one) => (
              <Segment
                key={one.frame}
                {...{ one, x, y }}
                isSelected={selection?.frame === one.frame}
                onPress={() => onSelect({ frame: one.frame })}
              />
            ))}
        </svg>
      </div>
    </figure>
  );
}

type Place = (value: number) => number;

/** Every segment of the client that takes sequence numbers, and every new acknowledgement. */
function pointsOf(capture: Capture) {
  const sent: Sent[] = [];
  const acked: Acked[] = [];
  for (const frame of capture.frames) {
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

interface SegmentProps {
  readonly one: Sent;
  readonly x: Place;
  readonly y: Place;
  readonly isSelected: boolean;
  onPress(): void;
}

const WIDTH = 6;

function Segment({ one, x, y, isSelected, onPress }: SegmentProps) {
  const [left, top, bottom] = [x(one.at) - WIDTH / 2, y(one.to), y(one.from)];
  const middle = (top + bottom) / 2;
  return (
    <g
      className={styles.segment}
      data-kind={one.kind}
      data-selected={isSelected}
      onPointerDown={onPress}
    >
      {one.kind === 'lost' ? (
        <path d={`M${left - 1} ${middle - 4}l8 8M${left + 7} ${middle - 4}l-8 8`} />
      ) : (
        <rect x={left} y={top} width={WIDTH} height={Math.max(3, bottom - top)} />
      )}
    </g>
  );
}
