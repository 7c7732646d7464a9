// Draws the packets on the wires, in the drawing thread. Knows places and shapes, no frame.

import { capsulePicture, pill } from './capsule-picture.ts';
import { CAPSULE_HEIGHT, type CapsuleShape } from './capsule-shape.ts';
import { drawDeath } from './death-mark.ts';
import { contextOf, type Ink } from './ink-values.ts';
import { MARKS, type PacketsOrder, PLACE } from './picture-order.ts';

export class PacketsPainter {
  readonly #canvas: OffscreenCanvas;
  readonly #shapes = new Map<number, CapsuleShape>();
  #order: PacketsOrder | undefined;

  constructor(canvas: OffscreenCanvas) {
    this.#canvas = canvas;
  }

  take(order: PacketsOrder): void {
    if (order.isAnew) this.#shapes.clear();
    for (const [number, shape] of order.fresh) this.#shapes.set(number, shape);
    this.#order = order;
  }

  paint(ink: Ink): void {
    if (!this.#order) return;
    const { width, height, places } = this.#order;
    const context = contextOf(this.#canvas, width, height, ink);
    if (!context) return;
    const { scale } = ink;
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    for (let i = 0; i < places.length; i += PLACE) {
      const [number = 0, x = 0, y = 0, opacity = 0, marks = 0] = places.subarray(i, i + PLACE);
      const shape = this.#shapes.get(number);
      if (!shape) continue;
      // On whole device pixels, so that a resting word is sharp.
      const [left, top] = [Math.round(x * scale), Math.round(y * scale)];
      context.globalAlpha = opacity;
      const {
        canvas,
        width: w,
        height: h,
      } = capsulePicture(shape, (marks & MARKS.striped) !== 0, ink);
      context.drawImage(canvas, 0, 0, w, h, left, top, w, h);
      if ((marks & MARKS.dead) !== 0) {
        const isUp = (marks & MARKS.up) !== 0;
        context.save();
        context.globalAlpha = 1;
        context.scale(scale, scale);
        drawDeath(context, ink, isUp ? x + shape.width + 9 : x - 9, y + CAPSULE_HEIGHT / 2, isUp);
        context.restore();
      }
      if ((marks & MARKS.chosen) === 0) continue;
      context.lineWidth = 1.5 * scale;
      context.strokeStyle = ink.of('ink');
      context.beginPath();
      const [wide, high] = [shape.width + 10, CAPSULE_HEIGHT + 10];
      pill(context, left - 5 * scale, top - 5 * scale, wide * scale, high * scale);
      context.stroke();
    }
  }
}
