// Draws a stretch of the space-time diagram on a canvas. Arrows only ever come on top of earlier
// ones, so that while it plays only what is new is drawn.

import { drawDeath } from './death-mark.ts';
import { LINK_AT } from './flight.ts';
import type { Context, Ink } from './ink-values.ts';
import { headOf, UNSEEN } from './ladder-label.ts';
import { bracketPath, REACH } from './ladder-shape.ts';
import { hueOwnerOf } from './layer-hue.ts';
import type { Arrow, ChosenArrow, Curve } from './picture-order.ts';

export interface Lines {
  /** Where the lifelines of browser and server are. */
  readonly left: number;
  readonly right: number;
  readonly ink: Ink;
}

export function drawArrows(
  context: Context,
  { left, right, ink }: Lines,
  arrows: readonly Arrow[],
  weight?: number,
): void {
  const seen = left + (right - left) * UNSEEN;
  for (const { y, farY, isUp, protocol, isDense, isLost } of arrows) {
    const middle = farY + (y - farY) * UNSEEN;
    const [endX, endY] = placeOf({ left, right }, y, farY, LINK_AT);
    const head = headOf(isUp ? right : left, isUp ? y : farY, isUp, (y - farY) / (right - left));
    context.strokeStyle = ink.of(`layer-${hueOwnerOf(protocol)}`);
    context.lineWidth = weight ?? (isDense ? 1 : 2);
    context.setLineDash([5, 4]);
    if (!isLost || isUp) line(context, [left, farY], [seen, middle]);
    context.setLineDash([]);
    // What died in the link came from one side only, and has no head.
    if (!isLost) line(context, [seen, middle], [right, y]);
    else line(context, isUp ? [seen, middle] : [right, y], [endX, endY]);
    if (isLost) drawDeath(context, ink, endX, endY, isUp);
    else line(context, ...head);
  }
}

const placeOf = (
  { left, right }: Pick<Lines, 'left' | 'right'>,
  y: number,
  farY: number,
  part: number,
): readonly [number, number] => [left + (right - left) * part, farY + (y - farY) * part];

/** One frame over all others: strong, with its label and the pairs it belongs to. */
export function drawChosen(
  context: Context,
  lines: Lines,
  { arrow, brackets }: ChosenArrow,
  passed: number,
): void {
  const { ink } = lines;
  context.globalAlpha = arrow.id < passed ? 1 : 0.3;
  drawBrackets(context, lines, brackets, { ink: ink.of('ink'), width: 2 });
  drawArrows(context, lines, [arrow], 3.5);
  context.font = `600 12px ${ink.of('font-sans')}`;
  drawLabel(context, lines, arrow);
  context.globalAlpha = 1;
}

/** The labels of arrows `from` up to, not including, `to`, and again those before that these crossed. */
export function drawLabels(
  context: Context,
  lines: Lines,
  arrows: readonly Arrow[],
  from: number,
  to: number,
): void {
  const top = (arrows[from]?.y ?? 0) - REACH;
  let first = from;
  while (first > 0 && (arrows[first - 1]?.y ?? 0) > top) first--;
  context.font = `400 12px ${lines.ink.of('font-sans')}`;
  for (const arrow of arrows.slice(first, to)) drawLabel(context, lines, arrow);
}

/** On a ground of its own, so that it can be read where arrows lie close together. */
function drawLabel(context: Context, { left, right, ink }: Lines, arrow: Arrow): void {
  const { y, farY, label } = arrow;
  if (label === undefined) return;
  const x = (left + right) / 2;
  // Above the cross of what was lost, too.
  const base = (y + farY) / 2 - (arrow.isLost ? 10 : 5);
  const width = context.measureText(label).width + 8;
  context.textAlign = 'center';
  context.fillStyle = ink.of('sunken');
  context.fillRect(x - width / 2, base - 11.5, width, 15);
  context.fillStyle = ink.of('ink');
  context.fillText(label, x, base);
}

export function drawBrackets(
  context: Context,
  { right, ink }: Lines,
  brackets: readonly Curve[],
  pen = { ink: ink.of('line-strong'), width: 1 },
): void {
  context.strokeStyle = pen.ink;
  context.lineWidth = pen.width;
  for (const bracket of brackets) context.stroke(new Path2D(bracketPath(bracket, right)));
}

function line(
  context: Context,
  [x, y]: readonly [number, number],
  ...rest: readonly (readonly [number, number])[]
): void {
  context.beginPath();
  context.moveTo(x, y);
  for (const [toX, toY] of rest) context.lineTo(toX, toY);
  context.stroke();
}
