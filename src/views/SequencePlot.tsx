// The client's bytes over time: each segment with data at its sequence number, what the server has
// acknowledged as a staircase, losses as crosses. A picture of (capture, playhead); the list has the keys.

import { useMemo } from 'react';
import type { Capture } from '../capture/capture.ts';
import { isTcp, segmentNumbers } from '../capture/packet-reading.ts';
import styles from './SequencePlot.module.css';
import { useFlying } from './use-flying.ts';
import { useSize } from './use-size.ts';
import type { ViewProps } from './view.ts';

const HEIGHT = 220;
const LEFT = 58;
const BOTTOM = 28;
const TOP = 10;
const RIGHT = 12;

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
  const { sent, acked, most } = useMemo(() => pointsOf(capture), [capture]);
  const playhead = useFlying(view, (at) => Math.floor(at / 2_000));
  const { ref, width } = useSize<HTMLDivElement>();
  const x = (at: number) => LEFT + (at / Math.max(1, capture.endAt)) * (width - LEFT - RIGHT);
  const y = (byte: number) => HEIGHT - BOTTOM - (byte / most) * (HEIGHT - BOTTOM - TOP);
  const past = acked.filter(({ at }) => at <= playhead);
  const known = past.at(-1)?.ack ?? 0;
  return (
    <figure className={styles.plot} aria-label="Sequence numbers over time">
      <figcaption>
        <b>Sequence numbers over time.</b> Bar: bytes sent for the first time. Open bar: sent again.
        Cross: lost. Staircase: acknowledged, as the client knows it; {Math.max(0, known - 1)} bytes
        so far.
      </figcaption>
      <div ref={ref}>
        <svg width={width} height={HEIGHT} role="presentation">
          <Axes {...{ width, x, y, most }} endAt={capture.endAt} />
          <path className={styles.now} d={`M${x(playhead)} ${TOP}V${HEIGHT - BOTTOM}`} />
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
function pointsOf(capture: Capture): { sent: Sent[]; acked: Acked[]; most: number } {
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
  return { sent, acked, most };
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

interface AxesProps {
  readonly width: number;
  readonly x: Place;
  readonly y: Place;
  readonly most: number;
  readonly endAt: number;
}

function Axes({ width, x, y, most, endAt }: AxesProps) {
  const bytes = ticks(most, 4);
  const times = ticks(endAt / 1_000, width < 500 ? 3 : 8);
  return (
    <g className={styles.axes}>
      <path d={`M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${width - RIGHT}`} />
      {bytes.map((byte) => (
        <text key={byte} x={LEFT - 6} y={y(byte) + 4} textAnchor="end">
          {byte}
        </text>
      ))}
      {times.map((time) => (
        <text key={time} x={x(time * 1_000)} y={HEIGHT - 10} textAnchor="middle">
          {time} ms
        </text>
      ))}
    </g>
  );
}

/** Round numbers from 0 up to `most`, about that many. */
function ticks(most: number, count: number): number[] {
  const raw = most / count;
  const power = 10 ** Math.floor(Math.log10(Math.max(1, raw)));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= raw) ?? 10 * power;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step);
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
