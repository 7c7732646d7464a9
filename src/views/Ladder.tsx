// The space-time diagram: one line an endpoint, time down, an arrow a frame. Draws only the stretch
// around the playhead. Knows nothing of how time passes.

import {
  type KeyboardEvent,
  memo,
  type PointerEvent,
  type ReactNode,
  useId,
  useMemo,
  useRef,
} from 'react';
import type { Capture } from '../capture/capture.ts';
import { timeLensOf } from '../capture/time-lens.ts';
import { summaryOf } from './describe-frame.ts';
import { clientName, clientPorts } from './endpoints.ts';
import styles from './Ladder.module.css';
import { frameNear, ladderShapeOf, yOf } from './ladder-shape.ts';
import { passedAt } from './moments.ts';
import { type MovingPlayhead, useMoment, usePicture } from './moving-playhead.ts';
import type { ChosenArrow, TileScript } from './picture-order.ts';
import { chosenArrow, type Diagram, TILE, tileScript } from './tile-script.ts';
import { useDistantPicture } from './use-distant-picture.ts';
import { useSize } from './use-size.ts';
import type { Future, ViewProps } from './view.ts';

interface Props extends ViewProps {
  /** Frames after the playhead: absent, so that they give nothing away, or faint. */
  readonly future?: Future;
}

/** The top of the capture stays so far below the top edge. */
const LEAD = 28;
const EDGE = 52;
/** It moves by little more than a pixel a frame of the screen, and is drawn at every second one. */
const EVERY = 2;

export function Ladder(props: Props) {
  const { capture, selection, onSelect, future = 'hidden' } = props;
  const moment = useMoment(props.playhead, props.moving);
  const passed = passedAt(capture.frames, props.playhead);
  const { ref, width, height } = useSize<HTMLDivElement>({ width: 640, height: 280 });
  return (
    <div className={styles.ladder}>
      <Heads capture={capture} />
      <Frames {...{ capture, selection, onSelect, passed }}>
        <div className={styles.window} ref={ref}>
          <Lifelines width={width} />
          <Arrows
            {...{ capture, moment, onSelect, future, width, height }}
            selected={selection?.frame}
          />
        </div>
      </Frames>
    </div>
  );
}

interface ArrowsProps extends Pick<ViewProps, 'capture' | 'onSelect'> {
  readonly moment: MovingPlayhead;
  readonly selected: number | undefined;
  readonly future: Future;
  readonly width: number;
  readonly height: number;
}

const Arrows = memo(function Arrows(props: ArrowsProps) {
  const { capture, moment, onSelect, selected, future, width, height } = props;
  const { frames } = capture;
  const { ref, canvas, draw } = useDistantPicture('ladder', styles.arrows);
  const lens = timeLensOf(capture);
  const shape = ladderShapeOf(capture);
  const diagram = useMemo(
    () => ({ capture, shape, apart: width - 2 * EDGE, edition: ++editions }),
    [capture, shape, width],
  );
  const sent = useRef({ canvas: 0, edition: 0, tiles: new Set<number>() });
  /** The tiles between `top` and `bottom` that were not sent yet. */
  const freshTiles = (top: number, bottom: number): [number, TileScript][] => {
    const { edition } = diagram;
    if (sent.current.canvas !== canvas.current || sent.current.edition !== edition) {
      sent.current = { canvas: canvas.current, edition, tiles: new Set() };
    }
    const { tiles } = sent.current;
    const fresh: [number, TileScript][] = [];
    for (let tile = Math.floor(top / TILE); tile * TILE < bottom; tile++) {
      if (!tiles.has(tile)) fresh.push([tile, tileScript(diagram, tile)]);
      tiles.add(tile);
    }
    return fresh;
  };
  const chosenAt = useChosen(diagram, selected, future);
  // The playhead stays two thirds down; the top of the capture never leaves the top edge.
  const scrollAt = (at: number): number => Math.max(-LEAD, yOf(lens, at) - height * 0.66);
  usePicture(
    moment,
    (at) => {
      const scroll = scrollAt(at);
      const passed = passedAt(frames, at);
      draw({
        width,
        height,
        edition: diagram.edition,
        // One pixel more: the drawing thread rounds to the screen's.
        fresh: freshTiles(scroll - 1, scroll + height + 1),
        left: EDGE,
        right: width - EDGE,
        future,
        scroll,
        now: yOf(lens, at),
        passed,
        chosen: chosenAt(passed),
      });
    },
    EVERY,
  );
  const onPointerDown = ({ clientX, clientY, currentTarget }: PointerEvent): void => {
    const box = currentTarget.getBoundingClientRect();
    const part = (clientX - box.left - EDGE) / (width - 2 * EDGE);
    const y = clientY - box.top + scrollAt(moment.at);
    const last = future === 'hidden' ? passedAt(frames, moment.at) : frames.length;
    const frame = frameNear(capture, shape, last, y, part);
    if (frame) onSelect({ frame: frame.id });
  };
  return (
    <div ref={ref} className={styles.picture} onPointerDown={onPointerDown} role="presentation" />
  );
});

let editions = 0;

/** The chosen frame's arrow, which only changes when one of its pairs becomes complete. */
function useChosen(
  diagram: Diagram,
  selected: number | undefined,
  future: Future,
): (passed: number) => ChosenArrow | undefined {
  return useMemo(() => {
    const frame = selected === undefined ? undefined : diagram.capture.frames[selected];
    if (!frame) return () => undefined;
    const whole = chosenArrow(diagram, frame);
    return (passed: number) => {
      if (future === 'hidden' && frame.id >= passed) return undefined;
      return { ...whole, brackets: whole.brackets.filter(({ last }) => last < passed) };
    };
  }, [diagram, selected, future]);
}

interface FramesProps extends Pick<ViewProps, 'capture' | 'selection' | 'onSelect'> {
  readonly passed: number;
  readonly children: ReactNode;
}

/** The picture as a list box: for those who cannot see it there is the one frame they are at. */
function Frames({ capture, selection, onSelect, passed, children }: FramesProps) {
  const id = useId();
  const selected = selection && selection.frame < passed ? selection.frame : undefined;
  const frame = capture.frames[selected ?? passed - 1];
  if (!frame || passed === 0) return children;
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const from = selected ?? (by === 1 ? passed - 2 : passed);
    onSelect({ frame: Math.min(passed - 1, Math.max(0, from + by)) });
  };
  return (
    <div
      className={styles.frames}
      role="listbox"
      tabIndex={0}
      aria-label="Frames in time, use the arrow keys"
      aria-activedescendant={id}
      onKeyDown={onKeyDown}
    >
      {/* biome-ignore lint/a11y/useFocusableInteractive: the list box has the focus. */}
      <div role="option" id={id} className={styles.option} aria-selected={selected !== undefined}>
        {frame.id + 1}: {frame.direction === 'up' ? 'to the server' : 'to the client'}
        {frame.lost ? ', lost in the link' : ''}, {summaryOf(frame)}
      </div>
      {children}
    </div>
  );
}

const Heads = memo(function Heads({ capture }: { readonly capture: Capture }) {
  const [first] = capture.connections;
  return (
    <div className={styles.heads}>
      <span>
        {clientName(capture)} <code>{clientPorts(capture.connections)}</code>
      </span>
      <span>
        Lab server <code>{first ? `port ${first.server.port}` : ''}</code>
      </span>
    </div>
  );
});

const Lifelines = memo(function Lifelines({ width }: { readonly width: number }) {
  return (
    <svg className={styles.life} width={width} height="100%" aria-hidden="true">
      <line x1={EDGE} x2={EDGE} y1="0" y2="100%" strokeDasharray="3 4" />
      <line x1={width - EDGE} x2={width - EDGE} y1="0" y2="100%" />
    </svg>
  );
});
