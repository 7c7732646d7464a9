// The space-time diagram in stretches of equal height, each kept as a picture and only added to
// while it plays; in the drawing thread. Knows arrows, no frame.

import { type Context, contextOf, type Ink, sizedCanvas } from './ink-values.ts';
import { drawArrows, drawBrackets, drawChosen, drawLabels, type Lines } from './ladder-picture.ts';
import type { LadderOrder, TileScript } from './picture-order.ts';
import { TILE } from './tile-script.ts';

interface Tile {
  readonly canvas: OffscreenCanvas;
  /** With which frame nothing more can come. */
  readonly end: number;
  /** How many frames of the capture are drawn already. */
  upTo: number;
}

/** As many tiles as can be near the one on the screen. */
const NEAR = 4;

export class LadderPainter {
  readonly #canvas: OffscreenCanvas;
  readonly #scripts = new Map<number, TileScript>();
  readonly #tiles = new Map<number, Tile>();
  #order: LadderOrder | undefined;
  #ink: Ink | undefined;

  constructor(canvas: OffscreenCanvas) {
    this.#canvas = canvas;
  }

  take(order: LadderOrder): void {
    if (order.edition !== this.#order?.edition) {
      this.#scripts.clear();
      this.#tiles.clear();
    }
    for (const [index, script] of order.fresh) this.#scripts.set(index, script);
    this.#order = order;
  }

  paint(ink: Ink): void {
    const order = this.#order;
    if (!order) return;
    if (ink !== this.#ink) this.#tiles.clear();
    this.#ink = ink;
    const { width, height, passed, now, chosen, left, right } = order;
    const context = contextOf(this.#canvas, width, height, ink);
    if (!context) return;
    const { scale } = ink;
    const scroll = Math.round(order.scroll * scale) / scale;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    for (let index = Math.floor(scroll / TILE); index * TILE < scroll + height; index++) {
      const picture = this.#tile(order, index, ink);
      if (picture) context.drawImage(picture, 0, Math.round((index * TILE - scroll) * scale));
    }
    context.setTransform(scale, 0, 0, scale, 0, -scroll * scale);
    if (chosen) drawChosen(context, { left, right, ink }, chosen, passed);
    context.fillStyle = ink.of('ink');
    context.globalAlpha = 0.35;
    context.fillRect(0, Math.round(now * scale) / scale, width, 1);
    context.globalAlpha = 1;
  }

  #tile(order: LadderOrder, index: number, ink: Ink): OffscreenCanvas | undefined {
    const script = this.#scripts.get(index);
    if (!script) return undefined;
    const lines = { left: order.left, right: order.right, ink };
    const kept = this.#tiles.get(index);
    const target = Math.min(order.passed, kept?.end ?? order.passed);
    // Going back draws the stretch anew: a picture is only ever added to.
    const tile = kept && kept.upTo <= target ? kept : newTile(order, lines, script, index);
    this.#tiles.set(index, tile);
    for (const other of this.#tiles.keys()) {
      if (Math.abs(other - index) > NEAR) this.#tiles.delete(other);
    }
    advance(tile, lines, script, index, Math.min(order.passed, tile.end));
    return tile.canvas;
  }
}

function newTile(order: LadderOrder, lines: Lines, script: TileScript, index: number): Tile {
  const { first, arrows, brackets } = script;
  // A bracket may be completed by a frame far below.
  const end = Math.max(first + arrows.length, (brackets.at(-1)?.last ?? 0) + 1);
  const canvas = sizedCanvas(order.width, TILE, lines.ink);
  const context = contextFor(canvas, lines.ink, index * TILE);
  if (context && order.future === 'faint') {
    context.globalAlpha = 0.3;
    drawArrows(context, lines, arrows);
    context.globalAlpha = 1;
  }
  return { canvas, end, upTo: Math.min(first, end) };
}

function advance(
  tile: Tile,
  lines: Lines,
  { first, arrows, brackets }: TileScript,
  index: number,
  passed: number,
): void {
  const { canvas, upTo } = tile;
  if (passed <= upTo) return;
  const context = contextFor(canvas, lines.ink, index * TILE);
  if (!context) return;
  const complete = brackets.filter((one) => one.last >= upTo && one.last < passed);
  const [from, to] = [upTo - first, passed - first];
  drawBrackets(context, lines, complete);
  drawArrows(context, lines, arrows.slice(from, to));
  drawLabels(context, lines, arrows, from, Math.min(to, arrows.length));
  tile.upTo = passed;
}

function contextFor(canvas: OffscreenCanvas, { scale }: Ink, top: number): Context | null {
  const context = canvas.getContext('2d');
  context?.setTransform(scale, 0, 0, scale, 0, -top * scale);
  return context;
}
