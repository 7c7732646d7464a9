// Draws a stretch of the space-time diagram on a canvas. Frames only ever come on top of earlier
// ones, so that while it plays only what is new is drawn.

import type { Capture, Frame } from '../capture/capture.ts';
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
  weight?: number,
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
    context.lineWidth = weight ?? (shape.dense[frame.id] ? 1 : 2);
    context.setLineDash([5, 4]);
    line(context, [left, farY], [seen, middle]);
    context.setLineDash([]);
    line(context, [seen, middle], [right, y]);
    line(context, ...head);
  }
}

/** One frame over all others: strong, with its label and the pairs it belongs to. */
export function drawChosen(
  context: CanvasRenderingContext2D,
  stretch: Stretch,
  frame: Frame,
  passed: number,
): void {
  const { shape, ink } = stretch;
  const brackets = shape.brackets.filter(
    ({ pair, last }) =>
      last < passed && (pair.from.frame === frame.id || pair.to.frame === frame.id),
  );
  context.globalAlpha = frame.id < passed ? 1 : 0.3;
  drawBrackets(context, stretch, brackets, { ink: ink.of('ink'), width: 2 });
  drawArrows(context, stretch, frame.id, frame.id + 1, 3.5);
  context.font = `600 12px ${ink.of('font-sans')}`;
  drawLabel(context, stretch, frame);
  context.globalAlpha = 1;
}

/**
 * The labels of frames `from` up to, not including, `to`, and again those before that their arrows
 * crossed.
 */
export function drawLabels(
  context: CanvasRenderingContext2D,
  stretch: Stretch,
  from: number,
  to: number,
): void {
  const { capture, shape, ink } = stretch;
  const top = (shape.ys[from] ?? 0) - REACH;
  let first = from;
  while (first > 0 && (shape.ys[first - 1] ?? 0) > top) first--;
  context.font = `400 12px ${ink.of('font-sans')}`;
  for (const frame of capture.frames.slice(first, to)) {
    if (shape.labels[frame.id]) drawLabel(context, stretch, frame);
  }
}

/** On a ground of its own, so that it can be read where arrows lie close together. */
function drawLabel(
  context: CanvasRenderingContext2D,
  { shape, left, right, ink }: Stretch,
  frame: Frame,
): void {
  const x = (left + right) / 2;
  const y = shape.ys[frame.id] ?? 0;
  const base = (y + farYOf(frame, y)) / 2 - 5;
  const label = labelOf(frame, right - left);
  const width = context.measureText(label).width + 8;
  context.textAlign = 'center';
  context.fillStyle = ink.of('sunken');
  context.fillRect(x - width / 2, base - 11.5, width, 15);
  context.fillStyle = ink.of('ink');
  context.fillText(label, x, base);
}

export function drawBrackets(
  context: CanvasRenderingContext2D,
  { right, ink }: Stretch,
  brackets: readonly Bracket[],
  pen = { ink: ink.of('line-strong'), width: 1 },
): void {
  context.strokeStyle = pen.ink;
  context.lineWidth = pen.width;
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
