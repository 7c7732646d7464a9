// The layers of the selected frame and their fields as a tree, with what the chosen one means. Knows
// no protocol: every word comes from the dissection.

import { type KeyboardEvent, memo, type RefObject, useEffect, useRef, useState } from 'react';
import type { Frame, Selection } from '../capture/capture.ts';
import { ProtocolChip } from '../ui/ProtocolChip.tsx';
import { FieldNote } from './FieldNote.tsx';
import styles from './LayerTree.module.css';
import { tintOf } from './layer-hue.ts';
import { describeValue, selectedRow, type TreeRow, treeRows } from './tree-rows.ts';
import type { ViewProps } from './view.ts';

type Props = Pick<ViewProps, 'capture' | 'selection' | 'onSelect'>;

/** Takes no playhead: what a frame is made of does not change with time. */
export const LayerTree = memo(function LayerTree({ capture, selection, onSelect }: Props) {
  const frame = selection && capture.frames[selection.frame];
  if (!frame || !selection) {
    return <p className={styles.empty}>Choose a frame to see the layers in it.</p>;
  }
  return <Tree frame={frame} selection={selection} onSelect={onSelect} />;
});

interface TreeProps {
  readonly frame: Frame;
  readonly selection: Selection;
  readonly onSelect: ViewProps['onSelect'];
}

function Tree({ frame, selection, onSelect }: TreeProps) {
  const [{ of, open }, setOpened] = useState(() => firstOpen(frame));
  // Not by another key: while it plays the elements are kept, and only what they say changes.
  if (of !== frame) setOpened(firstOpen(frame));
  const setOpen = (next: ReadonlySet<number>): void => setOpened({ of: frame, open: next });
  const chosen = selection.layer;
  // A field chosen elsewhere, as in the hex view, opens its layer.
  const shown =
    chosen !== undefined && selection.field !== undefined ? new Set([...open, chosen]) : open;
  const rows = treeRows(frame, shown);
  const at = selectedRow(rows, selection);
  const list = useRef<HTMLDivElement>(null);
  const [hasFocus, setHasFocus] = useState(false);
  useRowInSight(list, at, hasFocus);
  const choose = ({ layer, field }: TreeRow): void =>
    onSelect({ frame: frame.id, layer, ...(field === undefined ? {} : { field }) });
  const toggle = (layer: number, isOpen: boolean): void => {
    const next = new Set(shown);
    if (isOpen) next.add(layer);
    else next.delete(layer);
    setOpen(next);
    if (!isOpen) choose({ layer, level: 1 });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[Math.max(0, at)];
    if (!row) return;
    const isBranch = row.field === undefined;
    const isOpen = shown.has(row.layer);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    const next = to === undefined ? undefined : rows[Math.min(rows.length - 1, Math.max(0, to))];
    if (next) choose(next);
    else if (event.key === 'ArrowRight' && isBranch && !isOpen) toggle(row.layer, true);
    else if (event.key === 'ArrowLeft' && isBranch && isOpen) toggle(row.layer, false);
    else if (event.key === 'ArrowLeft' && !isBranch) choose({ layer: row.layer, level: 1 });
    else if (event.key === 'Enter' || event.key === ' ') {
      if (isBranch) toggle(row.layer, !isOpen);
    } else return;
    event.preventDefault();
  };
  return (
    <div className={styles.tree}>
      <div
        role="tree"
        aria-label={`Layers of frame ${frame.id + 1}`}
        className={styles.rows}
        ref={list}
        onKeyDown={onKeyDown}
        onFocus={() => setHasFocus(true)}
        onBlur={() => setHasFocus(false)}
      >
        {rows.map((row, i) => (
          <Item
            key={`${row.layer}.${row.field}`}
            frame={frame}
            row={row}
            isOpen={shown.has(row.layer)}
            isSelected={i === at}
            isStop={i === Math.max(0, at)}
            onChoose={choose}
            onToggle={toggle}
          />
        ))}
      </div>
      <FieldNote frame={frame} selection={selection} />
    </div>
  );
}

/** Scrolls the tree, never the page, and moves the focus along with the selection. */
function useRowInSight(
  list: RefObject<HTMLDivElement | null>,
  at: number,
  hasFocus: boolean,
): void {
  useEffect(() => {
    // In the frame that will be painted: asking for places before it would lay the page out once more.
    const frame = requestAnimationFrame(() => {
      const box = list.current;
      const row = box?.children[Math.max(0, at)];
      if (!box || at < 0 || !(row instanceof HTMLElement)) return;
      // Not scrollIntoView, which would move the page as well.
      const top = row.offsetTop - box.offsetTop;
      const bottom = top + row.offsetHeight - box.clientHeight;
      box.scrollTop = Math.min(top, Math.max(box.scrollTop, bottom));
    });
    return () => cancelAnimationFrame(frame);
  }, [list, at]);
  // Apart from the scrolling: a row that moves between press and release of the mouse is not clicked.
  useEffect(() => {
    const row = list.current?.children[Math.max(0, at)];
    if (hasFocus && row instanceof HTMLElement) row.focus({ preventScroll: true });
  }, [list, at, hasFocus]);
}

/** The innermost layer; the others are there to be opened. */
function firstOpen(frame: Frame): { readonly of: Frame; readonly open: ReadonlySet<number> } {
  return { of: frame, open: new Set([frame.layers.length - 1]) };
}

interface ItemProps {
  readonly frame: Frame;
  readonly row: TreeRow;
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  /** The one row that the Tab key reaches. */
  readonly isStop: boolean;
  onChoose(row: TreeRow): void;
  onToggle(layer: number, isOpen: boolean): void;
}

function Item({ frame, row, isOpen, isSelected, isStop, onChoose, onToggle }: ItemProps) {
  const layer = frame.layers[row.layer];
  if (!layer) return null;
  const field = row.field === undefined ? undefined : layer.fields[row.field];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys.
    <div
      role="treeitem"
      aria-level={row.level}
      aria-selected={isSelected}
      {...(field ? {} : { 'aria-expanded': isOpen })}
      tabIndex={isStop ? 0 : -1}
      className={`${styles.item} ${isSelected ? styles.selected : ''}`}
      style={{
        paddingLeft: row.level * 16 - 4,
        ...(isSelected ? { background: tintOf(layer.protocol) } : {}),
      }}
      onClick={() => {
        onChoose(row);
        if (!field) onToggle(row.layer, !isOpen || !isSelected);
      }}
    >
      {field ? (
        <>
          <span className={styles.label}>{field.spec.label}</span>
          <span className={styles.value}>{describeValue(field)}</span>
        </>
      ) : (
        <>
          <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
            <path d={isOpen ? 'M1 3l4 4 4-4' : 'M3 1l4 4-4 4'} />
          </svg>
          <ProtocolChip protocol={layer.protocol} />
          <span className={styles.summary}>{layer.summary}</span>
          {layer.problems.length > 0 && <span className={styles.problem}>problem</span>}
        </>
      )}
    </div>
  );
}
