// What the space-time diagram consists of, for the thread that draws it: arrows and brackets of one
// tile, or of one frame. Draws nothing.

import type { Capture, Frame } from '../capture/capture.ts';
import { protocolOf } from './frame-word.ts';
import { labelOf } from './ladder-label.ts';
import { type Bracket, farYOf, framesWithin, type LadderShape } from './ladder-shape.ts';
import type { Arrow, ChosenArrow, Curve, TileScript } from './picture-order.ts';

/** CSS pixels. */
export const TILE = 240;

/** The diagram of a capture whose lifelines are so many pixels apart. */
export interface Diagram {
  readonly capture: Capture;
  readonly shape: LadderShape;
  readonly apart: number;
}

/** The tile that starts at `index * TILE`. */
export function tileScript({ capture, shape, apart }: Diagram, index: number): TileScript {
  const [top, bottom] = [index * TILE, (index + 1) * TILE];
  const { first, last } = framesWithin(shape, top, bottom);
  return {
    first,
    arrows: capture.frames
      .slice(first, last)
      .map((frame) => arrowOf(frame, shape, shape.labels[frame.id] ? apart : undefined)),
    brackets: shape.brackets.filter((one) => one.top < bottom && one.bottom > top).map(curveOf),
  };
}

/** One frame over all others, with all pairs it belongs to. */
export function chosenArrow({ shape, apart }: Diagram, frame: Frame): ChosenArrow {
  const brackets = (shape.bracketsOf.get(frame.id) ?? []).map(curveOf);
  return { arrow: arrowOf(frame, shape, apart), brackets };
}

const curveOf = ({ top, bottom, last }: Bracket): Curve => ({ top, bottom, last });

function arrowOf(frame: Frame, shape: LadderShape, room: number | undefined): Arrow {
  const y = shape.ys[frame.id] ?? 0;
  return {
    id: frame.id,
    y,
    farY: farYOf(frame, y),
    isUp: frame.direction === 'up',
    protocol: protocolOf(frame),
    isDense: shape.dense[frame.id] === 1,
    isLost: frame.lost === true,
    label: room === undefined ? undefined : labelOf(frame, room),
  };
}
