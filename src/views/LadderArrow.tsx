// One frame in the ladder: solid at the server, where it was seen; dashed toward the browser.

import { memo } from 'react';
import { summaryOf } from './describe-frame.ts';
import { isMasked, protocolOf, wordOf } from './frame-word.ts';
import styles from './Ladder.module.css';
import type { Arrow } from './ladder-shape.ts';
import { hueOf } from './layer-hue.ts';

interface Props {
  readonly arrow: Arrow;
  readonly left: number;
  readonly right: number;
  readonly isSelected: boolean;
  readonly isFuture: boolean;
}

/** From here to the browser's line nobody watched. */
const SEEN = 0.42;
const CHAR = 6.6;

export const LadderArrow = memo(function LadderArrow(props: Props) {
  const { arrow, left, right, isSelected, isFuture } = props;
  const { frame, y, farY, hasLabel } = arrow;
  const isUp = frame.direction === 'up';
  const hue = hueOf(protocolOf(frame));
  const x = left + (right - left) * SEEN;
  const middle = farY + (y - farY) * SEEN;
  const [tip, tipY, back] = isUp ? [right, y, -8] : [left, farY, 8];
  const slope = (y - farY) / (right - left);
  const label = labelOf(frame, Math.floor(((right - left) * 0.8) / CHAR));
  return (
    <g
      role="option"
      id={`arrow-${frame.id}`}
      aria-selected={isSelected}
      aria-label={`${frame.id + 1}: ${isUp ? 'to the server' : 'to the browser'}, ${summaryOf(frame)}`}
      opacity={isFuture ? 0.3 : 1}
      stroke={hue}
      strokeWidth={isSelected ? 3.5 : 2}
    >
      <line x1={left} y1={farY} x2={x} y2={middle} strokeDasharray="5 4" />
      <line x1={x} y1={middle} x2={right} y2={y} />
      <path
        d={`M${tip + back} ${tipY + back * slope - 4}L${tip} ${tipY}L${tip + back} ${tipY + back * slope + 4}`}
        fill="none"
      />
      {(hasLabel || isSelected) && (
        <text
          className={`${styles.label} ${isSelected ? styles.strong : ''}`}
          x={(left + right) / 2}
          y={(y + farY) / 2 - 5}
        >
          {label}
        </text>
      )}
    </g>
  );
});

function labelOf(frame: Arrow['frame'], most: number): string {
  const summary = summaryOf(frame);
  const text = `${summary}${isMasked(frame) ? ' · masked' : ''}`;
  if (text.length <= most) return text;
  return most < 12 ? wordOf(frame) : `${summary.slice(0, most - 1)}…`;
}
