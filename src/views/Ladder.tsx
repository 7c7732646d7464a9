// The space-time diagram: one line an endpoint, time down, an arrow a frame. Draws only the window
// around the playhead. Knows nothing of how time passes.

import { type KeyboardEvent, type MouseEvent, memo, useMemo } from 'react';
import type { Capture } from '../capture/capture.ts';
import { createTimeLens, type TimeLens } from '../capture/time-lens.ts';
import styles from './Ladder.module.css';
import { LadderArrow } from './LadderArrow.tsx';
import { type Arrow, arrowsOf, atOfY, nearestArrow, yOf } from './ladder-shape.ts';
import { passedAt } from './moments.ts';
import { PairBrackets } from './PairBrackets.tsx';
import { useSize } from './use-size.ts';
import type { Future, ViewProps } from './view.ts';

interface Props extends ViewProps {
  /** Frames after the playhead: absent, so that they give nothing away, or faint. */
  readonly future?: Future;
}

/** The window moves in steps of this many pixels, so that most instants redraw nothing. */
const BLOCK = 240;

export function Ladder({ capture, playhead, selection, onSelect, future = 'hidden' }: Props) {
  const lens = useMemo(() => createTimeLens(capture), [capture]);
  const { ref, width, height } = useSize<HTMLDivElement>({ width: 640, height: 280 });
  const now = yOf(lens, playhead);
  // The playhead stays two thirds down; the top of the capture never leaves the top edge.
  const scroll = Math.max(-28, now - height * 0.66);
  const top = Math.floor(scroll / BLOCK) * BLOCK;
  const passed = passedAt(capture.frames, playhead);
  const until = top + height + 2 * BLOCK;
  const first = passedAt(capture.frames, atOfY(lens, top - 40) - 1);
  const seen = passedAt(capture.frames, atOfY(lens, until));
  const last = future === 'hidden' ? Math.min(passed, seen) : seen;
  return (
    <div className={styles.ladder} ref={ref}>
      <svg width={width} height={height} role="presentation">
        <Lifelines width={width} height={height} />
        <g transform={`translate(0 ${-scroll})`}>
          <line className={styles.now} x1={0} x2={width} y1={now} y2={now} />
          <Arrows
            capture={capture}
            lens={lens}
            first={first}
            seen={seen}
            last={last}
            passed={passed}
            width={width}
            selected={selection?.frame}
            onSelect={onSelect}
          />
        </g>
      </svg>
    </div>
  );
}

const EDGE = 52;

const Lifelines = memo(function Lifelines(props: { width: number; height: number }) {
  const { width, height } = props;
  return (
    <g className={styles.life}>
      <line x1={EDGE} x2={EDGE} y1={0} y2={height} strokeDasharray="3 4" />
      <line x1={width - EDGE} x2={width - EDGE} y1={0} y2={height} />
    </g>
  );
});

interface ArrowsProps extends Pick<ViewProps, 'onSelect'> {
  readonly capture: Capture;
  readonly lens: TimeLens;
  readonly first: number;
  /** Of the frames up to here the arrows are computed once a window. */
  readonly seen: number;
  readonly last: number;
  readonly passed: number;
  readonly width: number;
  readonly selected: number | undefined;
}

const Arrows = memo(function Arrows(props: ArrowsProps) {
  const { capture, lens, first, seen, last, passed, width, selected, onSelect } = props;
  // The same objects at every instant, so that an arrow already drawn is not drawn again.
  const window = useMemo(
    () => arrowsOf(capture.frames.slice(first, seen), lens),
    [capture, first, seen, lens],
  );
  const arrows = window.slice(0, Math.max(0, last - first));
  const choose = (event: MouseEvent<SVGGElement>): void => {
    const group = event.currentTarget;
    const box = group.ownerSVGElement?.getBoundingClientRect();
    const matrix = group.getScreenCTM();
    if (!box || !matrix) return;
    const part = (event.clientX - box.left - EDGE) / (width - 2 * EDGE);
    const arrow = nearestArrow(arrows, event.clientY - matrix.f, part);
    if (arrow) onSelect({ frame: arrow.frame.id });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (by === undefined || passed === 0) return;
    event.preventDefault();
    const from = selected ?? (by === 1 ? first - 1 : passed);
    onSelect({ frame: Math.min(passed - 1, Math.max(0, from + by)) });
  };
  const isEmpty = arrows.length === 0;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a listbox while it has arrows.
    <g
      {...(isEmpty ? {} : LISTBOX)}
      {...activeId(arrows, selected)}
      className={styles.arrows}
      onClick={choose}
      onKeyDown={onKeyDown}
    >
      <rect
        x={0}
        y={arrows[0] ? arrows[0].y - 60 : 0}
        width={width}
        height={isEmpty ? 0 : (arrows.at(-1)?.y ?? 0) - (arrows[0]?.y ?? 0) + 120}
        fill="transparent"
      />
      <PairBrackets
        capture={capture}
        lens={lens}
        first={first}
        last={last}
        x={width - EDGE}
        selected={selected}
      />
      {arrows.map((arrow) => (
        <LadderArrow
          key={arrow.frame.id}
          arrow={arrow}
          left={EDGE}
          right={width - EDGE}
          isSelected={arrow.frame.id === selected}
          isFuture={arrow.frame.id >= passed}
        />
      ))}
    </g>
  );
});

const LISTBOX = {
  role: 'listbox',
  tabIndex: 0,
  'aria-label': 'Frames in time, use the arrow keys',
} as const;

const activeId = (arrows: readonly Arrow[], selected: number | undefined) =>
  arrows.some(({ frame }) => frame.id === selected)
    ? { 'aria-activedescendant': `arrow-${selected}` }
    : {};
