// The space-time diagram in stretches of equal height, each kept as a picture and only added to
// while it plays. Pictures only: whoever shows them knows where.

import { type Ink, sizedCanvas } from './ink.ts';
import { drawArrows, drawBrackets, drawLabels, type Stretch } from './ladder-picture.ts';
import { type Bracket, framesWithin } from './ladder-shape.ts';
import type { Future } from './view.ts';

/** CSS pixels. */
export const TILE = 240;

interface Tile {
  readonly canvas: HTMLCanvasElement;
  /** The frames that may reach into it. */
  readonly first: number;
  readonly last: number;
  /** The brackets that cross it, and with which frame nothing more can come. */
  readonly brackets: readonly Bracket[];
  readonly end: number;
  /** How many frames of the capture are drawn already. */
  upTo: number;
}

/** The picture of the stretch that starts at `index * TILE` when `passed` frames have passed. */
export type LadderTiles = (index: number, passed: number) => HTMLCanvasElement;

export function createLadderTiles(stretch: Stretch, width: number, future: Future): LadderTiles {
  const tiles = new Map<number, Tile>();
  return (index, passed) => {
    const kept = tiles.get(index);
    const target = Math.min(passed, kept?.end ?? passed);
    // Going back draws the stretch anew: a picture is only ever added to.
    const tile = kept && kept.upTo <= target ? kept : newTile(stretch, index, width, future);
    tiles.set(index, tile);
    for (const other of tiles.keys()) if (Math.abs(other - index) > 4) tiles.delete(other);
    advance(tile, stretch, index, Math.min(passed, tile.end));
    return tile.canvas;
  };
}

function newTile(stretch: Stretch, index: number, width: number, future: Future): Tile {
  const [top, bottom] = [index * TILE, (index + 1) * TILE];
  const { first, last } = framesWithin(stretch.shape, top, bottom);
  const brackets = stretch.shape.brackets.filter((one) => one.top < bottom && one.bottom > top);
  // A bracket may be completed by a frame far below.
  const end = Math.max(last, (brackets.at(-1)?.last ?? 0) + 1);
  const canvas = sizedCanvas(width, TILE, stretch.ink);
  const context = contextFor(canvas, stretch.ink, top);
  if (context && future === 'faint') {
    context.globalAlpha = 0.3;
    drawArrows(context, stretch, first, last);
    context.globalAlpha = 1;
  }
  return { canvas, first, last, brackets, end, upTo: Math.min(first, end) };
}

function advance(tile: Tile, stretch: Stretch, index: number, passed: number): void {
  const { canvas, last, brackets, upTo } = tile;
  if (passed <= upTo) return;
  const context = contextFor(canvas, stretch.ink, index * TILE);
  if (!context) return;
  const complete = brackets.filter((one) => one.last >= upTo && one.last < passed);
  drawBrackets(context, stretch, complete);
  drawArrows(context, stretch, upTo, Math.min(last, passed));
  drawLabels(context, stretch, upTo, Math.min(last, passed));
  tile.upTo = passed;
}

function contextFor(canvas: HTMLCanvasElement, { scale }: Ink, top: number) {
  const context = canvas.getContext('2d');
  context?.setTransform(scale, 0, 0, scale, 0, -top * scale);
  return context;
}
