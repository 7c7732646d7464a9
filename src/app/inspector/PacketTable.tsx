// Packets as rows, as Wireshark has them. Only the rows on the screen exist, and only they are made.

import { type KeyboardEvent, memo, type ReactNode, useId } from 'react';
import type { PacketAnalysis } from '../../capture/packet-analysis.ts';
import { type PacketRow, packetRow } from '../../capture/packet-row.ts';
import { ProtocolChip } from '../../ui/ProtocolChip.tsx';
import { tintOf } from '../../views/layer-hue.ts';
import { useRowWindow } from '../../views/use-row-window.ts';
import styles from './PacketTable.module.css';

interface Props {
  readonly analysis: PacketAnalysis;
  /** The packets that are shown, ascending; all where it is absent. */
  readonly shown: Uint32Array | undefined;
  readonly selected: number | undefined;
  onSelect(packet: number): void;
}

const ROW = 28;
const PAGE = 20;
const HEADINGS = ['No.', 'Time', 'Source', 'Destination', 'Protocol', 'Length', 'Information'];

export const PacketTable = memo(function PacketTable(props: Props) {
  const { analysis, shown, selected, onSelect } = props;
  const id = useId();
  const count = shown?.length ?? analysis.file.packets.length;
  const packetAt = (row: number): number => shown?.[row] ?? row;
  const chosen = selected === undefined ? -1 : rowOf(shown, selected);
  const { ref, first, last, onScroll } = useRowWindow({ count, rowHeight: ROW, head: ROW, chosen });
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = rowAfterKey(event.key, chosen, count);
    if (to === undefined) return;
    event.preventDefault();
    onSelect(packetAt(to));
  };
  const rows = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot be windowed.
    <div
      className={styles.table}
      role="grid"
      aria-label="Packets, use the arrow keys"
      aria-rowcount={count + 1}
      // It scrolls itself: what scrolls must be reached by key.
      tabIndex={0}
      ref={ref}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      {...(chosen >= 0 ? { 'aria-activedescendant': `${id}-${selected}` } : {})}
    >
      <Head />
      {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
      <div className={styles.body} role="rowgroup">
        <div role="presentation" style={{ height: count * ROW, position: 'relative' }}>
          {rows.map((row) => (
            <Row
              key={packetAt(row)}
              id={`${id}-${packetAt(row)}`}
              row={row}
              content={packetRow(analysis, packetAt(row))}
              isSelected={row === chosen}
              onSelect={onSelect}
            />
          ))}
        </div>
      </div>
    </div>
  );
});

const Head = () => (
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

interface RowProps {
  readonly id: string;
  readonly row: number;
  readonly content: PacketRow;
  readonly isSelected: boolean;
  onSelect(packet: number): void;
}

function Row({ id, row, content, isSelected, onSelect }: RowProps) {
  const { index, at, source, destination, protocol, length, summary } = content;
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the grid has the keys.
    <div
      role="row"
      id={id}
      aria-rowindex={row + 2}
      aria-selected={isSelected}
      className={isSelected ? `${styles.row} ${styles.selected}` : styles.row}
      style={{ top: row * ROW, ...(isSelected ? { background: tintOf(protocol) } : {}) }}
      onClick={() => onSelect(index)}
    >
      <Cell>{index + 1}</Cell>
      <Cell>{(at / 1_000_000).toFixed(6)}</Cell>
      <Cell>{source}</Cell>
      <Cell>{destination}</Cell>
      <Cell>
        <ProtocolChip protocol={protocol} />
      </Cell>
      <Cell>{length}</Cell>
      <Cell>{summary}</Cell>
    </div>
  );
}

// biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: a cell of the grid above.
const Cell = (props: { readonly children: ReactNode }) => <span role="gridcell" {...props} />;

function rowAfterKey(key: string, row: number, count: number): number | undefined {
  const to = { ArrowDown: row + 1, ArrowUp: row - 1, PageDown: row + PAGE, PageUp: row - PAGE }[
    key
  ];
  if (count === 0) return undefined;
  if (to !== undefined) return Math.min(count - 1, Math.max(0, to));
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : undefined;
}

/** The row of a packet; -1 where it is not shown. */
function rowOf(shown: Uint32Array | undefined, packet: number): number {
  if (!shown) return packet;
  let [low, high] = [0, shown.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((shown[middle] ?? 0) < packet) low = middle + 1;
    else high = middle;
  }
  return shown[low] === packet ? low : -1;
}
