// The selected frame in the ladder, over the arrows of all: strong, with its label and its pairs.
// Solid at the server, where it was seen; dashed toward the browser.

import { memo } from 'react';
import type { Frame } from '../capture/capture.ts';
import { protocolOf } from './frame-word.ts';
import styles from './Ladder.module.css';
import { headOf, labelOf, UNSEEN } from './ladder-label.ts';
import { bracketPath, farYOf, type LadderShape } from './ladder-shape.ts';
import { hueOf } from './layer-hue.ts';

interface Props {
  readonly frame: Frame;
  readonly shape: LadderShape;
  readonly left: number;
  readonly right: number;
  /** Frames from this one on have not passed. */
  readonly passed: number;
}

export const LadderArrow = memo(function LadderArrow(props: Props) {
  const { frame, shape, left, right, passed } = props;
  const y = shape.ys[frame.id] ?? 0;
  const isUp = frame.direction === 'up';
  // Drawn around its own instant: the picture it lies in is a few pixels high.
  const farY = farYOf(frame, y) - y;
  const x = left + (right - left) * UNSEEN;
  const middle = farY - farY * UNSEEN;
  const head = headOf(isUp ? right : left, isUp ? 0 : farY, isUp, -farY / (right - left));
  const brackets = shape.brackets.filter(
    ({ pair, last }) =>
      last < passed && (pair.from.frame === frame.id || pair.to.frame === frame.id),
  );
  return (
    <svg className={styles.chosen} style={{ top: y }} width={right} height="1" aria-hidden="true">
      <g stroke={hueOf(protocolOf(frame))} opacity={frame.id < passed ? 1 : 0.3}>
        <line x1={left} y1={farY} x2={x} y2={middle} strokeDasharray="5 4" />
        <line x1={x} y1={middle} x2={right} y2={0} />
        <path d={`M${head.map((point) => point.join(' ')).join('L')}`} fill="none" />
      </g>
      {brackets.map(({ pair, top, bottom, last }) => (
        <path
          key={`${pair.kind}.${pair.from.layer}.${pair.to.frame}.${pair.to.layer}`}
          className={styles.pair}
          d={bracketPath({ pair, top: top - y, bottom: bottom - y, last }, right)}
        />
      ))}
      <text className={styles.label} x={(left + right) / 2} y={farY / 2 - 5}>
        {labelOf(frame, right - left)}
      </text>
    </svg>
  );
});
