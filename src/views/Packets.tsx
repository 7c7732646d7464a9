// The packets on the stage's wires: a function of capture, playhead and the lanes there are, drawn in
// a thread of its own. Knows nothing of how time passes.

import { memo, type PointerEvent, useRef } from 'react';
import { timeLensOf } from '../capture/time-lens.ts';
import { CAPSULE_HEIGHT, type CapsuleShape, shapeOf } from './capsule-shape.ts';
import { type Flight, flightsAt, stillsAt } from './flight.ts';
import { isMasked } from './frame-word.ts';
import { type MovingPlayhead, usePicture } from './moving-playhead.ts';
import { MARKS, PLACE } from './picture-order.ts';
import styles from './Stage.module.css';
import { useDistantPicture } from './use-distant-picture.ts';
import type { ViewProps } from './view.ts';

interface Props extends Pick<ViewProps, 'capture' | 'onSelect'> {
  readonly moment: MovingPlayhead;
  readonly selected: number | undefined;
  /** Connections from the top, one a lane. */
  readonly lanes: readonly { readonly id: number }[];
  readonly laneHeight: number;
  readonly width: number;
  readonly height: number;
  readonly reducedMotion: boolean;
  readonly limit: number | undefined;
}

/** Room around the wires for the ring around the selected packet, as in the style sheet. */
const MARGIN = 8;
/** After so many capsules the drawing thread forgets what they look like, and is told anew. */
const KNOWN = 1_000;

interface Placed extends Flight {
  readonly x: number;
  readonly y: number;
}

function marksOf({ frame, hasArrived, hasDied }: Flight, isChosen: boolean): number {
  const striped = !hasArrived && isMasked(frame) ? MARKS.striped : 0;
  const dead = hasDied ? MARKS.dead | (frame.direction === 'up' ? MARKS.up : 0) : 0;
  return striped | dead | (isChosen ? MARKS.chosen : 0);
}

/** Pointer only: the same frames can be reached by key in the ladder and in the list. */
export const Packets = memo(function Packets(props: Props) {
  const { capture, moment, selected, onSelect, lanes, laneHeight, width, height } = props;
  const { reducedMotion, limit } = props;
  const { ref, canvas, draw } = useDistantPicture('packets', styles.capsules);
  const known = useRef({ canvas: 0, numbers: new Map<CapsuleShape, number>() });
  const placedAt = (at: number): readonly Placed[] => {
    const flights = reducedMotion
      ? stillsAt(capture, at)
      : flightsAt(capture, timeLensOf(capture), at, limit);
    const tops = new Map(lanes.map(({ id }, i) => [id, i * laneHeight]));
    return flights.flatMap((flight) => {
      const top = tops.get(flight.frame.connection);
      if (top === undefined) return [];
      const way = Math.max(0, width - shapeOf(flight.frame).width - 4);
      return [{ ...flight, x: 2 + flight.place * way, y: top + laneHeight - CAPSULE_HEIGHT - 6 }];
    });
  };
  usePicture(moment, (at) => {
    const isAnew = known.current.canvas !== canvas.current || known.current.numbers.size > KNOWN;
    if (isAnew) known.current = { canvas: canvas.current, numbers: new Map() };
    const { numbers } = known.current;
    const fresh: [number, CapsuleShape][] = [];
    const placed = placedAt(at);
    const places = new Float64Array(placed.length * PLACE);
    for (const [i, one] of placed.entries()) {
      const { frame, x, y, presence } = one;
      const shape = shapeOf(frame);
      const number = numbers.get(shape) ?? numbers.size;
      if (number === numbers.size) {
        numbers.set(shape, number);
        fresh.push([number, shape]);
      }
      const opacity = 0.25 + 0.75 * presence;
      const marks = marksOf(one, frame.id === selected);
      places.set([number, x + MARGIN, y + MARGIN, opacity, marks], i * PLACE);
    }
    draw({ width: width + 2 * MARGIN, height: height + 2 * MARGIN, fresh, isAnew, places });
  });
  const under = ({ clientX, clientY, currentTarget }: PointerEvent<Element>) => {
    const box = currentTarget.getBoundingClientRect();
    const [x, y] = [clientX - box.left - MARGIN, clientY - box.top - MARGIN];
    return placedAt(moment.at).findLast(
      (one) =>
        x >= one.x &&
        x <= one.x + shapeOf(one.frame).width &&
        y >= one.y &&
        y <= one.y + CAPSULE_HEIGHT,
    )?.frame;
  };
  return (
    <div
      ref={ref}
      className={styles.packets}
      role="presentation"
      onPointerMove={(event) => {
        event.currentTarget.style.cursor = under(event) ? 'pointer' : '';
      }}
      // On a moving picture a click is where the pointer went down.
      onPointerDown={(event) => {
        const frame = under(event);
        if (frame) onSelect({ frame: frame.id });
      }}
    />
  );
});
