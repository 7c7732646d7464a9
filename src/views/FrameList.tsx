// Every frame as a row, newest last. Only the rows on the screen exist. Knows nothing of bytes.

import { type KeyboardEvent, memo, type ReactNode, useCallback, useId } from 'react';
import type { Frame } from '../capture/capture.ts';
import { ProtocolChip } from '../ui/ProtocolChip.tsx';
import { summaryOf } from './describe-frame.ts';
import styles from './FrameList.module.css';
import { protocolOf } from './frame-word.ts';
import { tintOf } from './layer-hue.ts';
import { describeDuration, passedAt, startOf } from './moments.ts';
import { packetSummary } from './packet-words.ts';
import { useRowWindow } from './use-row-window.ts';
import type { Future, ViewProps } from './view.ts';

interface Props extends ViewProps {
  /** Rows after the playhead: left out, so that they give nothing away, or dimmed. */
  readonly future?: Future;
}

const ROW = 36;

export function FrameList({ capture, playhead, selection, onSelect, future = 'hidden' }: Props) {
  const passed = passedAt(capture.frames, playhead);
  return (
    <div className={styles.box}>
      <Dropped records={capture.dropped.records} />
      <Rows
        capture={capture}
        passed={passed}
        count={future === 'hidden' ? passed : capture.frames.length}
        selected={selection?.frame}
        onSelect={onSelect}
      />
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
  readonly count: number;
  readonly selected: number | undefined;
}

const Rows = memo(function Rows({ capture, passed, count, selected, onSelect }: RowsProps) {
  const id = useId();
  const { ref, first, last, onScroll } = useRowWindow(count, ROW, selected ?? -1, passed - 1);
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
      aria-rowcount={count + 1}
      tabIndex={0}
      onKeyDown={onKeyDown}
      {...(active ? { 'aria-activedescendant': active } : {})}
    >
      <HeadRow />
      {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
      <div className={styles.body} role="rowgroup" ref={ref} onScroll={onScroll}>
        {count === 0 && <p className={styles.empty}>No frame yet. Press play to see them come.</p>}
        <div role="presentation" style={{ height: count * ROW, position: 'relative' }}>
          {capture.frames.slice(first, last).map((frame) => (
            <Row
              // A row that leaves the window becomes the one that enters it.
              key={frame.id % (last - first)}
              id={rowId(id, frame.id)}
              frame={frame}
              summary={frame.transit ? packetSummary(capture, frame) : summaryOf(frame)}
              start={start}
              isSelected={frame.id === selected}
              isFuture={frame.id >= passed}
              onChoose={choose}
            />
          ))}
        </div>
      </div>
    </div>
  );
});

const HeadRow = () => (
  // biome-ignore lint/a11y/useSemanticElements: a table element cannot be windowed.
  <div role="rowgroup">
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
      <Cell>{summary}</Cell>
    </div>
  );
});

const receiverOf = ({ transit, direction }: Frame): string =>
  transit?.to ?? (direction === 'up' ? 'server' : 'browser');

// biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: a cell of the grid above.
const Cell = (props: { readonly children: ReactNode }) => <span role="gridcell" {...props} />;
