// Draws a stretch of the space-time diagram on a canvas. Frames only ever come on top of earlier
// ones, so that while it plays only what is new is drawn.

import type { Capture } from '../capture/capture.ts';
import { protocolOf } from './frame-word.ts';
import type { Ink } from './ink.ts';
import { headOf, labelOf, UNSEEN } from './ladder-label.ts';
import { type Bracket, bracketPath, farYOf, type LadderShape, REACH } from './ladder-shape.ts';

export interface Stretch {
  readonly capture: Capture;
  readonly shape: LadderShape;
  /** Where the lifelines of browser and server are. */
  readonly left: number;
  readonly right: number;
  readonly ink: Ink;
}

/** The arrows of frames `from` up to, not including, `to`. */
export function drawArrows(
  context: CanvasRenderingContext2D,
  stretch: Stretch,
  from: number,
  to: number,
): void {
  const { capture, shape, left, right, ink } = stretch;
  const seen = left + (right - left) * UNSEEN;
  for (const frame of capture.frames.slice(from, to)) {
    const y = shape.ys[frame.id] ?? 0;
    const farY = farYOf(frame, y);
    const middle = farY + (y - farY) * UNSEEN;
    const isUp = frame.direction === 'up';
    const head = headOf(isUp ? right : left, isUp ? y : farY, isUp, (y - farY) / (right - left));
    context.strokeStyle = ink.of(`layer-${protocolOf(frame)}`);
    context.lineWidth = shape.dense[frame.id] ? 1 : 2;
    context.setLineDash([5, 4]);
    line(context, [left, farY], [seen, middle]);
    context.setLineDash([]);
    line(context, [seen, middle], [right, y]);
    line(context, ...head);
  }
}

/**
 * The labels of frames `from` up to, not including, `to`, and again those before that their arrows
 * crossed.
 */
export function drawLabels(
  context: CanvasRenderingContext2D,
  { capture, shape, left, right, ink }: Stretch,
  from: number,
  to: number,
): void {
  const top = (shape.ys[from] ?? 0) - REACH;
  let first = from;
  while (first > 0 && (shape.ys[first - 1] ?? 0) > top) first--;
  context.font = `400 12px ${ink.of('font-sans')}`;
  context.textAlign = 'center';
  const x = (left + right) / 2;
  for (const frame of capture.frames.slice(first, to)) {
    if (!shape.labels[frame.id]) continue;
    const y = shape.ys[frame.id] ?? 0;
    const base = (y + farYOf(frame, y)) / 2 - 5;
    const label = labelOf(frame, right - left);
    const width = context.measureText(label).width + 8;
    context.fillStyle = ink.of('sunken');
    context.fillRect(x - width / 2, base - 11.5, width, 15);
    context.fillStyle = ink.of('ink');
    context.fillText(label, x, base);
  }
}

export function drawBrackets(
  context: CanvasRenderingContext2D,
  { right, ink }: Stretch,
  brackets: readonly Bracket[],
): void {
  context.strokeStyle = ink.of('line-strong');
  context.lineWidth = 1;
  for (const bracket of brackets) context.stroke(new Path2D(bracketPath(bracket, right)));
}

function line(
  context: CanvasRenderingContext2D,
  [x, y]: readonly [number, number],
  ...rest: readonly (readonly [number, number])[]
): void {
  context.beginPath();
  context.moveTo(x, y);
  for (const [toX, toY] of rest) context.lineTo(toX, toY);
  context.stroke();
}
