// The mark of what died in the link: a cross where its way ends, and a word behind it. Knows no frame.

import type { Context, Ink } from './ink-values.ts';

export const DEATH_WORD = 'lost';
/** Half of the cross. */
const ARM = 5;

/** Around (x, y) in CSS pixels; the word lies where it did not come to: to the right on its way up. */
export function drawDeath(context: Context, ink: Ink, x: number, y: number, isUp: boolean): void {
  context.strokeStyle = ink.of('cut');
  context.lineWidth = 2.5;
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(x - ARM, y - ARM);
  context.lineTo(x + ARM, y + ARM);
  context.moveTo(x + ARM, y - ARM);
  context.lineTo(x - ARM, y + ARM);
  context.stroke();
  context.font = `600 12px ${ink.of('font-sans')}`;
  context.fillStyle = ink.of('ink');
  context.textAlign = isUp ? 'left' : 'right';
  context.fillText(DEATH_WORD, isUp ? x + ARM + 5 : x - ARM - 5, y + 4);
}
