// A packet as nested capsules around a readable word, drawn once and kept, since it moves
// at every frame of the screen. Placed by whoever draws it.

import { CAPSULE_HEIGHT, type CapsuleShape } from './capsule-shape.ts';
import type { Context, Ink } from './ink-values.ts';
import { hueOwnerOf } from './layer-hue.ts';

/** More capsules than are ever on the stage at once. */
const KEPT = 160;
/** Every picture is as wide as the widest capsule could be, so that an old one can be drawn over. */
const WIDEST = 300;

export interface CapsulePicture {
  readonly canvas: OffscreenCanvas;
  /** The part of it that is the capsule, in device pixels. */
  readonly width: number;
  readonly height: number;
}

const kept = new WeakMap<Ink, Map<string, CapsulePicture>>();

/** `isStriped`: its payload cannot be read yet, because it was combined with a masking key. */
export function capsulePicture(shape: CapsuleShape, isStriped: boolean, ink: Ink): CapsulePicture {
  const pictures = kept.get(ink) ?? new Map<string, CapsulePicture>();
  kept.set(ink, pictures);
  const { shells, word, width } = shape;
  const body = `${shells.map(({ protocol }) => protocol)} ${width} ${isStriped}`;
  const key = `${body} ${word}`;
  const known = pictures.get(key);
  if (known) return known;
  const picture = blankPicture(pictures, width, ink);
  let wordless = pictures.get(body);
  if (!wordless) {
    wordless = blankPicture(pictures, width, ink);
    drawBody(wordless.canvas, shape, isStriped, ink);
    pictures.set(body, wordless);
  }
  drawWord(picture.canvas, wordless, shape, isStriped, ink);
  pictures.set(key, picture);
  return picture;
}

/** A clean canvas: the one drawn on longest ago, once there are enough. */
function blankPicture(
  pictures: Map<string, CapsulePicture>,
  shapeWidth: number,
  { scale }: Ink,
): CapsulePicture {
  const width = Math.ceil(Math.min(WIDEST, shapeWidth) * scale);
  const height = Math.ceil(CAPSULE_HEIGHT * scale);
  const [oldest] = pictures;
  if (oldest && pictures.size >= KEPT) {
    const [key, { canvas }] = oldest;
    pictures.delete(key);
    const context = canvas.getContext('2d');
    context?.setTransform(1, 0, 0, 1, 0, 0);
    context?.clearRect(0, 0, canvas.width, canvas.height);
    return { canvas, width, height };
  }
  const canvas = new OffscreenCanvas(Math.ceil(WIDEST * scale), height);
  return { canvas, width, height };
}

function drawBody(
  canvas: OffscreenCanvas,
  { shells, wordX, width }: CapsuleShape,
  isStriped: boolean,
  ink: Ink,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(ink.scale, ink.scale);
  context.lineWidth = 1.5;
  for (const [i, { protocol, isDerived, x, width: shellWidth }] of shells.entries()) {
    const hue = ink.of(`layer-${hueOwnerOf(protocol)}`);
    const isOpen = isDerived || i === shells.length - 1;
    context.setLineDash(isDerived ? [3, 2.5] : []);
    context.strokeStyle = hue;
    context.fillStyle = isOpen ? ink.of('surface') : hue;
    context.beginPath();
    pill(context, x + 0.75, 0.75, shellWidth - 1.5, CAPSULE_HEIGHT - 1.5);
    context.fill();
    context.stroke();
  }
  context.setLineDash([]);
  if (isStriped) stripes(context, wordX + 3, width - wordX - 6, ink);
}

function drawWord(
  canvas: OffscreenCanvas,
  wordless: CapsulePicture,
  { word, wordX, width }: CapsuleShape,
  isStriped: boolean,
  ink: Ink,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  context.drawImage(wordless.canvas, 0, 0);
  context.scale(ink.scale, ink.scale);
  context.font = `500 12px ${ink.of('font-mono')}`;
  context.textAlign = 'center';
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = ink.of('surface');
  context.fillStyle = ink.of('ink');
  const middle = (wordX + width) / 2;
  if (isStriped) context.strokeText(word, middle, CAPSULE_HEIGHT / 2 + 4.5);
  context.fillText(word, middle, CAPSULE_HEIGHT / 2 + 4.5);
}

export function pill(context: Context, x: number, y: number, width: number, height: number): void {
  context.roundRect(x, y, width, height, Math.min(width, height) / 2);
}

/** Hatching: bytes that cannot be read as they are. */
function stripes(context: Context, x: number, width: number, ink: Ink): void {
  context.save();
  context.beginPath();
  pill(context, x, 3, width, CAPSULE_HEIGHT - 6);
  context.clip();
  context.globalAlpha = 0.55;
  context.strokeStyle = ink.of('line-strong');
  context.lineWidth = 2;
  context.beginPath();
  for (let from = x - CAPSULE_HEIGHT; from < x + width; from += 8.5) {
    context.moveTo(from, CAPSULE_HEIGHT);
    context.lineTo(from + CAPSULE_HEIGHT, 0);
  }
  context.stroke();
  context.restore();
}
