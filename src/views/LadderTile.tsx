// A stretch of the space-time diagram on a canvas of its own, which the diagram moves as a whole.
// Knows nothing of how time passes.

import { memo, useMemo, useRef } from 'react';
import type { Capture } from '../capture/capture.ts';
import { contextOf, useInk } from './ink.ts';
import styles from './Ladder.module.css';
import { drawArrows, drawBrackets, drawLabels, type Stretch } from './ladder-picture.ts';
import { framesWithin, ladderShapeOf } from './ladder-shape.ts';
import { passedAt } from './moments.ts';
import { type MovingPlayhead, usePicture } from './moving-playhead.ts';
import type { Future } from './view.ts';

interface Props {
  readonly capture: Capture;
  readonly playhead: number;
  readonly moving: MovingPlayhead | undefined;
  readonly future: Future;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** How far from the sides the lifelines are. */
  readonly edge: number;
}

export const LadderTile = memo(function LadderTile(props: Props) {
  const { capture, playhead, moving, future, top, width, height, edge } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const ink = useInk();
  const stretch = useMemo((): Stretch & ReturnType<typeof contentOf> => {
    const content = contentOf(capture, top, height);
    return { capture, left: edge, right: width - edge, ink, ...content };
  }, [capture, top, width, height, edge, ink]);
  /** What is on the canvas already: the first so many frames of a stretch. */
  const drawn = useRef<{ readonly of: Stretch; readonly upTo: number }>(undefined);
  usePicture(playhead, moving, (at) => {
    const { first, last, end, brackets } = stretch;
    const passed = Math.min(end, Math.max(first, passedAt(capture.frames, at)));
    const isKept = drawn.current?.of === stretch && drawn.current.upTo <= passed;
    const from = isKept ? (drawn.current?.upTo ?? first) : first;
    if (isKept && from === passed) return;
    const context = canvas.current && contextOf(canvas.current, width, height, ink);
    if (!context) return;
    context.setTransform(ink.scale, 0, 0, ink.scale, 0, -top * ink.scale);
    if (!isKept) {
      context.clearRect(0, top, width, height);
      context.globalAlpha = 0.3;
      if (future === 'faint') drawArrows(context, stretch, first, last);
    }
    context.globalAlpha = 1;
    drawBrackets(
      context,
      stretch,
      brackets.filter((one) => one.last >= from && one.last < passed),
    );
    drawArrows(context, stretch, from, Math.min(last, passed));
    drawLabels(context, stretch, from, Math.min(last, passed));
    drawn.current = { of: stretch, upTo: passed };
  });
  return <canvas ref={canvas} className={styles.tile} style={{ top, width, height }} />;
});

/** The frames that may reach into the stretch, and the brackets that cross it. */
function contentOf(capture: Capture, top: number, height: number) {
  const shape = ladderShapeOf(capture);
  const bottom = top + height;
  const brackets = shape.brackets.filter((one) => one.top < bottom && one.bottom > top);
  const { first, last } = framesWithin(shape, top, bottom);
  // A bracket may be completed by a frame far below.
  const end = Math.max(last, (brackets.at(-1)?.last ?? 0) + 1);
  return { shape, first, last, end, brackets };
}
