// The geometry of a packet: nested capsules, outermost header first. Pure numbers, in CSS pixels.

import type { Frame } from '../capture/capture.ts';
import type { Protocol } from '../wire/layer.ts';
import { chainOf, wordOf } from './frame-word.ts';

export const CAPSULE_HEIGHT = 30;
/** How far each outer capsule shows beyond the one within it. */
const SHELL = 13;
const CHAR = 7.4;

export interface Shell {
  readonly protocol: Protocol;
  /** Computed, since the tap sees no packet headers. */
  readonly isDerived: boolean;
  readonly x: number;
  readonly width: number;
}

export interface CapsuleShape {
  readonly shells: readonly Shell[];
  readonly word: string;
  /** Where the innermost capsule begins; its word is centred between there and `width`. */
  readonly wordX: number;
  readonly width: number;
}

/** Its width grows with the logarithm of the frame's length, and never cuts the word. */
export function capsuleShape(frame: Frame): CapsuleShape {
  const word = wordOf(frame);
  const length = frame.sources[0]?.bytes.length ?? 0;
  const inner = Math.max(word.length * CHAR + 24, 14 + 9 * Math.log2(length + 1));
  const carried = new Set(chainOf(frame).map(({ protocol }) => protocol));
  const protocols: [Protocol, boolean][] = [
    ['ip', true],
    ['tcp', true],
    ...[...carried].map((protocol): [Protocol, boolean] => [protocol, false]),
  ];
  const wordX = (protocols.length - 1) * SHELL;
  const width = wordX + inner;
  const shells = protocols.map(([protocol, isDerived], i) => ({
    protocol,
    isDerived,
    x: i * SHELL,
    width: width - i * SHELL,
  }));
  return { shells, word, wordX, width };
}

const shapes = new WeakMap<Frame, CapsuleShape>();

/** `capsuleShape`, computed once a frame: frames never change. */
export function shapeOf(frame: Frame): CapsuleShape {
  const known = shapes.get(frame);
  if (known) return known;
  const shape = capsuleShape(frame);
  shapes.set(frame, shape);
  return shape;
}
