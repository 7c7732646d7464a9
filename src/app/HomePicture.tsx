// What there is to see, on the front door: moments of a recorded run, as a small ladder.

import { useEffect, useState } from 'react';
import type { Capture, Frame } from '../capture/capture.ts';
import { findMoment, type Moment } from '../lessons/moments.ts';
import { loadShipped } from '../live/recorded.ts';
import { protocolOf, wordOf } from '../views/frame-word.ts';
import styles from './HomePicture.module.css';

const CAPTURE = 'handshake-both';
const SHOWN: readonly Moment[] = [
  'first-request',
  'session-id',
  'connect',
  'upgrade-request',
  'switching-protocols',
  'probe',
  'probe-reply',
  'upgrade',
  'first-event',
  'first-ack',
];
const [WIDTH, ROW, TOP, EDGE, SLANT] = [400, 34, 30, 20, 12];

export function HomePicture() {
  const [capture, setCapture] = useState<Capture>();
  useEffect(() => {
    void loadShipped(CAPTURE).then(setCapture, () => undefined);
  }, []);
  const frames = capture ? momentsOf(capture) : [];
  const height = TOP + SHOWN.length * ROW + 10;
  return (
    <figure className={styles.picture}>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden="true">
        <text x={EDGE} y={14}>
          browser
        </text>
        <text x={WIDTH - EDGE} y={14} textAnchor="end">
          server
        </text>
        <path d={`M${EDGE} ${TOP - 8}V${height}M${WIDTH - EDGE} ${TOP - 8}V${height}`} />
        {frames.map((frame, i) => (
          <Arrow key={frame.id} frame={frame} y={TOP + i * ROW + 8} />
        ))}
      </svg>
      <figcaption>
        {frames.length > 0
          ? `${frames.length} frames of a recorded run. In the lesson they are your own.`
          : ' '}
      </figcaption>
    </figure>
  );
}

function Arrow({ frame, y }: { readonly frame: Frame; readonly y: number }) {
  const isUp = frame.direction === 'up';
  const [from, to] = isUp ? [EDGE, WIDTH - EDGE] : [WIDTH - EDGE, EDGE];
  const back = isUp ? -8 : 8;
  const protocol = protocolOf(frame);
  const end = y + SLANT;
  return (
    <g style={{ stroke: `var(--layer-${protocol})` }}>
      <path
        d={`M${from} ${y}L${to} ${end}M${to + back} ${end - 5}L${to} ${end}L${to + back} ${end + 4}`}
      />
      <text
        x={WIDTH / 2}
        y={y}
        textAnchor="middle"
        style={{ fill: `var(--layer-${protocol}-text)` }}
      >
        {wordOf(frame)}
      </text>
    </g>
  );
}

/** The frame of each moment, in the order in which they passed; each once. */
function momentsOf(capture: Capture): readonly Frame[] {
  const ids = SHOWN.flatMap((moment) => findMoment(capture, moment)?.frame ?? []);
  return capture.frames.filter(({ id }) => ids.includes(id));
}
