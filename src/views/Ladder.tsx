// The space-time diagram: one line an endpoint, time down, an arrow a frame. Draws only the stretch
// around the playhead. Knows nothing of how time passes.

import { type KeyboardEvent, memo, type PointerEvent, type ReactNode, useId, useRef } from 'react';
import type { Capture } from '../capture/capture.ts';
import { timeLensOf } from '../capture/time-lens.ts';
import { summaryOf } from './describe-frame.ts';
import { clientPorts } from './endpoints.ts';
import styles from './Ladder.module.css';
import { LadderArrow } from './LadderArrow.tsx';
import { LadderTile } from './LadderTile.tsx';
import { frameNear, ladderShapeOf, yOf } from './ladder-shape.ts';
import { passedAt } from './moments.ts';
import { useAtPlayhead, usePicture } from './moving-playhead.ts';
import { useSize } from './use-size.ts';
import type { Future, ViewProps } from './view.ts';

interface Props extends ViewProps {
  /** Frames after the playhead: absent, so that they give nothing away, or faint. */
  readonly future?: Future;
}

/** One canvas is so many pixels high. */
const TILE = 240;
/** The top of the capture stays so far below the top edge. */
const LEAD = 28;
const EDGE = 52;

export function Ladder(props: Props) {
  const { capture, playhead, moving, selection, onSelect, future = 'hidden' } = props;
  const lens = timeLensOf(capture);
  const shape = ladderShapeOf(capture);
  const { ref, width, height } = useSize<HTMLDivElement>({ width: 640, height: 280 });
  const paper = useRef<HTMLDivElement>(null);
  const now = useRef<HTMLDivElement>(null);
  // The playhead stays two thirds down; the top of the capture never leaves the top edge.
  const scrollAt = (at: number): number => Math.max(-LEAD, yOf(lens, at) - height * 0.66);
  const top = useAtPlayhead(playhead, moving, (at) => Math.floor(scrollAt(at) / TILE));
  usePicture(playhead, moving, (at) => {
    const scroll = scrollAt(at);
    if (paper.current) paper.current.style.transform = `translate3d(0, ${-snapped(scroll)}px, 0)`;
    const y = snapped(yOf(lens, at) - scroll);
    if (now.current) now.current.style.transform = `translate3d(0, ${y}px, 0)`;
  });
  const passed = passedAt(capture.frames, playhead);
  const last = future === 'hidden' ? passed : capture.frames.length;
  const chosen = selection && selection.frame < last ? capture.frames[selection.frame] : undefined;
  const onPointerDown = ({ clientX, clientY, currentTarget }: PointerEvent): void => {
    const box = currentTarget.getBoundingClientRect();
    const at = moving?.at ?? playhead;
    const part = (clientX - box.left - EDGE) / (width - 2 * EDGE);
    const y = clientY - box.top + scrollAt(at);
    const frame = frameNear(capture, shape, Math.max(last, passedAt(capture.frames, at)), y, part);
    if (frame) onSelect({ frame: frame.id });
  };
  return (
    <div className={styles.ladder}>
      <Heads capture={capture} />
      <Frames {...props} passed={passed}>
        <div className={styles.window} ref={ref} onPointerDown={onPointerDown}>
          <Lifelines width={width} />
          <div className={styles.paper} ref={paper}>
            {Array.from({ length: Math.ceil(height / TILE) + 1 }, (_, i) => top + i).map((tile) => (
              <LadderTile
                key={tile}
                {...{ capture, playhead, moving, future, width }}
                top={tile * TILE}
                height={TILE}
                edge={EDGE}
              />
            ))}
            {chosen && (
              <LadderArrow frame={chosen} {...{ shape, passed }} left={EDGE} right={width - EDGE} />
            )}
          </div>
          <div className={styles.now} ref={now} />
        </div>
      </Frames>
    </div>
  );
}

/** To whole device pixels, so that what was drawn sharp stays sharp. */
const snapped = (y: number): number => Math.round(y * devicePixelRatio) / devicePixelRatio;

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
      <div
        role="option"
        id={id}
        className={styles.option}
        aria-selected={selected !== undefined}
        aria-posinset={frame.id + 1}
        aria-setsize={passed}
      >
        {frame.id + 1}: {frame.direction === 'up' ? 'to the server' : 'to the browser'},{' '}
        {summaryOf(frame)}
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
        Your browser <code>{clientPorts(capture.connections)}</code>
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
