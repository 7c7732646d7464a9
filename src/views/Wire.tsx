// One connection as a wire: solid where it was observed, dashed toward the browser, whose end nobody
// watches. Draws no packet.

import { memo } from 'react';
import type { Connection } from '../capture/capture.ts';
import { CAPSULE_HEIGHT } from './capsule-shape.ts';
import styles from './Stage.module.css';

interface Props {
  readonly connection: Connection;
  /** Who is at its far end; empty where that is plain. */
  readonly title: string;
  readonly y: number;
  readonly laneHeight: number;
  readonly width: number;
  readonly isOpen: boolean;
  readonly isClosed: boolean;
}

const ROLES = {
  polling: 'HTTP polling',
  websocket: 'WebSocket',
  http: 'HTTP',
  unknown: 'nothing said yet',
} as const;

export const Wire = memo(function Wire({
  connection,
  title,
  y,
  laneHeight,
  width,
  isOpen,
  isClosed,
}: Props) {
  if (!isOpen) return null;
  const middle = y + laneHeight - CAPSULE_HEIGHT / 2 - 6;
  const isReset = connection.closed?.how === 'reset';
  const end = isClosed ? (isReset ? ' · reset' : ' · closed') : '';
  const className = `${styles.wire} ${isClosed ? styles.closed : ''}`;
  return (
    <g>
      <text
        x={4}
        y={y + Math.min(14, laneHeight - CAPSULE_HEIGHT - 10)}
        className={`${styles.lane} ${isClosed && isReset ? styles.reset : ''}`}
      >
        {title === '' ? null : <tspan className={styles.title}>{`${title} `}</tspan>}
        {`:${connection.client.port} · ${ROLES[connection.role]}${end}`}
      </text>
      <line
        x1={0}
        x2={width * 0.4}
        y1={middle}
        y2={middle}
        className={`${className} ${styles.far}`}
      />
      <line x1={width * 0.4} x2={width} y1={middle} y2={middle} className={className} />
    </g>
  );
});
