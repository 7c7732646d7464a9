// The packets on the stage's wires, on a canvas: a function of capture, playhead and the lanes there
// are. Knows nothing of how time passes.

import { memo, type PointerEvent, useRef } from 'react';
import { timeLensOf } from '../capture/time-lens.ts';
import { capsulePicture, pill } from './capsule-picture.ts';
import { CAPSULE_HEIGHT, shapeOf } from './capsule-shape.ts';
import { type Flight, flightsAt, stillsAt } from './flight.ts';
import { contextOf, useInk } from './ink.ts';
import { LANE_HEIGHT } from './lanes.ts';
import { type MovingPlayhead, usePicture } from './moving-playhead.ts';
import styles from './Stage.module.css';
import type { ViewProps } from './view.ts';

interface Props extends Pick<ViewProps, 'capture' | 'onSelect'> {
  readonly moment: MovingPlayhead;
  readonly selected: number | undefined;
  /** Connections from the top, one a lane. */
  readonly lanes: readonly { readonly id: number }[];
  readonly width: number;
  readonly height: number;
  readonly reducedMotion: boolean;
  readonly limit: number | undefined;
}

/** Room around the wires for the ring around the selected packet, as in the style sheet. */
const MARGIN = 8;

interface Placed extends Flight {
  readonly x: number;
  readonly y: number;
}

/** Pointer only: the same frames can be reached by key in the ladder and in the list. */
export const Packets = memo(function Packets(props: Props) {
  const { capture, moment, selected, onSelect, lanes, width, height } = props;
  const { reducedMotion, limit } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const ink = useInk();
  const placedAt = (at: number): readonly Placed[] => {
    const flights = reducedMotion
      ? stillsAt(capture, at)
      : flightsAt(capture, timeLensOf(capture), at, limit);
    const tops = new Map(lanes.map(({ id }, i) => [id, i * LANE_HEIGHT]));
    return flights.flatMap((flight) => {
      const top = tops.get(flight.frame.connection);
      if (top === undefined) return [];
      const way = Math.max(0, width - shapeOf(flight.frame).width - 4);
      return [{ ...flight, x: 2 + flight.place * way, y: top + LANE_HEIGHT - CAPSULE_HEIGHT - 6 }];
    });
  };
  usePicture(moment, (at) => {
    const context =
      canvas.current && contextOf(canvas.current, width + 2 * MARGIN, height + 2 * MARGIN, ink);
    if (!context) return;
    const { scale } = ink;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    for (const { frame, x, y, presence, hasArrived } of placedAt(at)) {
      // On whole device pixels, so that a resting word is sharp.
      const [left, top] = [Math.round((x + MARGIN) * scale), Math.round((y + MARGIN) * scale)];
      context.globalAlpha = 0.25 + 0.75 * presence;
      const { canvas: picture, width: w, height: h } = capsulePicture(frame, !hasArrived, ink);
      context.drawImage(picture, 0, 0, w, h, left, top, w, h);
      if (frame.id !== selected) continue;
      context.lineWidth = 1.5 * scale;
      context.strokeStyle = ink.of('ink');
      context.beginPath();
      const [wide, high] = [shapeOf(frame).width + 10, CAPSULE_HEIGHT + 10];
      pill(context, left - 5 * scale, top - 5 * scale, wide * scale, high * scale);
      context.stroke();
    }
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
    <canvas
      ref={canvas}
      className={styles.packets}
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
