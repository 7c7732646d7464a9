// Every frame as a row, newest last. Only the rows on the screen exist. Knows nothing of bytes.

import {
  type KeyboardEvent,
  memo,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import type { Frame } from '../capture/capture.ts';
import { ProtocolChip } from '../ui/ProtocolChip.tsx';
import { summaryOf } from './describe-frame.ts';
import styles from './FrameList.module.css';
import { protocolOf } from './frame-word.ts';
import { tintOf } from './layer-hue.ts';
import { describeDuration, passedAt, startOf } from './moments.ts';
import { packetSummary } from './packet-words.ts';
import { assignSlots } from './row-slots.ts';
import { useRowWindow } from './use-row-window.ts';
import { useUpcoming } from './use-upcoming.ts';
import type { Future, ViewProps } from './view.ts';

interface Props extends ViewProps {
  /** Rows after the playhead: left out, so that they give nothing away, or dimmed. */
  readonly future?: Future;
  /** While it plays the rows may come a little late. */
  readonly playing?: boolean;
}

const ROW = 36;
/** Rows that are drawn although they are out of sight, above. */
const SPARE = 3;

export function FrameList(props: Props) {
  const { capture, playhead, selection, onSelect, future = 'hidden', playing = false } = props;
  const [fits, setFits] = useState(0);
  const passed = passedAt(capture.frames, playhead);
  const { shown, rows } = useUpcoming(passed, fits, playing);
  // Who follows the playhead is at the newest row that there is.
  const isFollowing = selection?.frame === passed - 1;
  return (
    <div className={styles.box}>
      <Dropped records={capture.dropped.records} />
      <div className={styles.room}>
        <Rows
          capture={capture}
          passed={shown}
          upcoming={rows}
          playing={playing}
          count={future === 'hidden' ? shown : capture.frames.length}
          selected={isFollowing ? shown - 1 : selection?.frame}
          onSelect={onSelect}
          onFits={setFits}
        />
      </div>
    </div>
  );
}

const Dropped = memo(function Dropped({ records }: { readonly records: number }) {
  if (records === 0) return null;
  return (
    <p className={styles.dropped}>
      {records === 1 ? 'The oldest record was' : `The oldest ${records} records were`} let go: the
      tap keeps only the newest. What they held is missing here.
    </p>
  );
});

interface RowsProps extends Pick<ViewProps, 'capture' | 'onSelect'> {
  readonly passed: number;
  /** Rows to be drawn ahead, out of sight. */
  readonly upcoming: readonly number[];
  readonly playing: boolean;
  readonly count: number;
  readonly selected: number | undefined;
  /** Told how many rows there is room for. */
  onFits(rows: number): void;
}

const Rows = memo(function Rows(props: RowsProps) {
  const { capture, passed, upcoming, playing, count, selected, onSelect, onFits } = props;
  const id = useId();
  const { ref, first, last, height, onScroll } = useRowWindow({
    count,
    rowHeight: ROW,
    head: ROW,
    chosen: selected ?? -1,
    newest: passed - 1,
  });
  useEffect(() => onFits(Math.ceil(height / ROW) + SPARE), [onFits, height]);
  const slots = useSlots(first, last, upcoming, playing);
  const choose = useCallback((frame: number) => onSelect({ frame }), [onSelect]);
  const start = startOf(capture);
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = rowAfterKey(event.key, selected ?? passed - 1, count);
    if (to === undefined) return;
    event.preventDefault();
    choose(to);
  };
  const active = selected !== undefined && selected < count ? rowId(id, selected) : undefined;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot be windowed.
    <div
      className={styles.list}
      role="grid"
      aria-label="Frames, use the arrow keys"
      aria-rowcount={Math.max(1, count) + 1}
      tabIndex={0}
      ref={ref}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      {...(active ? { 'aria-activedescendant': active } : {})}
    >
      <HeadRow />
      {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
      <div className={styles.body} role="rowgroup">
        {count === 0 && <EmptyRow />}
        <div role="presentation" className={styles.rows} style={{ height: count * ROW }}>
          {slots.map(({ slot, row }) => {
            const frame = capture.frames[row];
            if (!frame) return null;
            return (
              <Row
                key={slot}
                id={rowId(id, row)}
                frame={frame}
                summary={frame.transit ? packetSummary(capture, frame) : summaryOf(frame)}
                start={start}
                isSelected={row === selected}
                isFuture={row >= passed && !upcoming.includes(row)}
                onChoose={choose}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
});

/** The rows to be drawn and the element of each; in order, except while it plays. */
function useSlots(first: number, last: number, upcoming: readonly number[], isPlaying: boolean) {
  const slots = useRef<readonly (number | undefined)[]>([]);
  const rows = Array.from({ length: last - first }, (_, i) => first + i);
  slots.current = assignSlots(slots.current, [...new Set([...rows, ...upcoming])], isPlaying);
  const drawn = slots.current.flatMap((row, slot) => (row === undefined ? [] : [{ slot, row }]));
  return isPlaying ? drawn : drawn.sort((a, b) => a.row - b.row);
}

const HeadRow = () => (
  // biome-ignore lint/a11y/useSemanticElements: a table element cannot be windowed.
  <div role="rowgroup" className={styles.heads}>
    {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the grid has the focus. */}
    <div className={`${styles.row} ${styles.head}`} role="row" aria-rowindex={1}>
      {HEADINGS.map((heading) => (
        // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the grid has the focus.
        <span key={heading} role="columnheader">
          {heading}
        </span>
      ))}
    </div>
  </div>
);

/** A row too: a group of rows may hold nothing else. */
const EmptyRow = () => (
  // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the grid has the focus.
  <div role="row" aria-rowindex={2} className={styles.empty}>
    {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see above. */}
    <span role="gridcell" aria-colspan={HEADINGS.length}>
      No frame yet. Press play to see them come.
    </span>
  </div>
);

const HEADINGS = ['#', 'Time', 'Direction', 'Protocol', 'Summary'];
const PAGE = 10;

const rowId = (list: string, frame: number): string => `${list}-${frame}`;

function rowAfterKey(key: string, row: number, count: number): number | undefined {
  const to = { ArrowDown: row + 1, ArrowUp: row - 1, PageDown: row + PAGE, PageUp: row - PAGE }[
    key
  ];
  if (count === 0) return undefined;
  if (to !== undefined) return Math.min(count - 1, Math.max(0, to));
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : undefined;
}

interface RowProps {
  readonly id: string;
  readonly frame: Frame;
  readonly summary: string;
  readonly start: number;
  readonly isSelected: boolean;
  readonly isFuture: boolean;
  onChoose(frame: number): void;
}

const Row = memo(function Row(props: RowProps) {
  const { id, frame, summary, start, isSelected, isFuture, onChoose } = props;
  const protocol = protocolOf(frame);
  const className = [styles.row, isSelected && styles.selected, isFuture && styles.future];
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the row group has the keys.
    <div
      role="row"
      id={id}
      aria-rowindex={frame.id + 2}
      aria-selected={isSelected}
      className={className.filter(Boolean).join(' ')}
      style={{
        // Not its top: to move a row need not lay out the others.
        top: frame.id * ROW,
        ...(isSelected ? { background: tintOf(protocol) } : {}),
      }}
      onClick={() => onChoose(frame.id)}
    >
      <Cell>{frame.id + 1}</Cell>
      <Cell>{describeDuration(frame.at - start)}</Cell>
      <Cell>
        {frame.direction === 'up' ? '→' : '←'}
        <span className={styles.word}> {receiverOf(frame)}</span>
      </Cell>
      <Cell>
        <ProtocolChip protocol={protocol} />
      </Cell>
      <Cell>
        {frame.lost ? <strong className={styles.lost}>× lost: </strong> : null}
        {summary}
      </Cell>
    </div>
  );
});

/** Where its arrow ends. */
const receiverOf = ({ transit, direction, lost }: Frame): string =>
  transit?.to ?? (lost ? 'link' : direction === 'up' ? 'server' : 'browser');

// biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: a cell of the grid above.
const Cell = (props: { readonly children: ReactNode }) => <span role="gridcell" {...props} />;
