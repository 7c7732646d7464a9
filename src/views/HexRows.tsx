// The windowed rows of a hex view: offset, bytes, characters, and beside masked bytes what they say.

import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import type { Frame } from '../capture/capture.ts';
import type { ByteRange } from '../lib/bytes.ts';
import { layerOfBytes, maskedRanges, selectionAt } from './byte-owner.ts';
import styles from './HexView.module.css';
import { inkOf, tintOf } from './layer-hue.ts';
import { useRowWindow } from './use-row-window.ts';
import { useSize } from './use-size.ts';
import type { ViewProps } from './view.ts';

interface Props {
  readonly frame: Frame;
  readonly source: number;
  readonly marked: ByteRange | undefined;
  readonly onSelect: ViewProps['onSelect'];
}

const ROW = 24;
/** Narrower than this holds eight bytes a row. */
const WIDE = 560;

export function HexRows({ frame, source, marked, onSelect }: Props) {
  const id = useId();
  const { ref: box, width } = useSize<HTMLDivElement>({ width: WIDE, height: 0 });
  const columns = width >= WIDE ? 16 : 8;
  const bytes = frame.sources[source]?.bytes ?? new Uint8Array(0);
  const [{ of, cursor }, setPlace] = useState({ of: frame, cursor: 0 });
  if (of !== frame) setPlace({ of: frame, cursor: 0 });
  const start = marked?.[0];
  const isInside = marked !== undefined && cursor >= marked[0] && cursor < marked[1];
  const at = isInside || start === undefined ? cursor : start;
  const count = Math.ceil(bytes.length / columns);
  const { ref, first, last, onScroll } = useRowWindow({
    count,
    rowHeight: ROW,
    chosen: Math.floor(at / columns),
  });
  const owners = useMemo(() => layerOfBytes(frame, source), [frame, source]);
  const masks = useMemo(() => maskedRanges(frame, source), [frame, source]);
  const choose = (to: number): void => {
    setPlace({ of: frame, cursor: to });
    onSelect(selectionAt(frame, source, to));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = cursorAfterKey(event.key, at, columns, bytes.length);
    if (to === undefined) return;
    event.preventDefault();
    choose(to);
  };
  const byteOf = (i: number): Byte => {
    const layer = frame.layers[owners[i] ?? -1];
    const mask = masks.find(({ range }) => i >= range[0] && i < range[1]);
    return {
      value: bytes[i] ?? 0,
      plain: mask && frame.sources[mask.plain]?.bytes[i - mask.range[0]],
      isMarked: marked !== undefined && i >= marked[0] && i < marked[1],
      isCursor: i === at,
      style: layer ? { background: tintOf(layer.protocol), color: inkOf(layer.protocol) } : {},
    };
  };
  const isDrawn = at < bytes.length && at >= first * columns && at < last * columns;
  const rows = Array.from({ length: last - first }, (_, i) => first + i);
  return (
    <div ref={box} className={styles.box}>
      {/* biome-ignore lint/a11y/useSemanticElements: a table element cannot be windowed. */}
      <div
        className={styles.rows}
        ref={ref}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        tabIndex={0}
        role="grid"
        aria-label={`${bytes.length} bytes, use the arrow keys`}
        aria-rowcount={count}
        {...(isDrawn ? { 'aria-activedescendant': `${id}-${at}` } : {})}
      >
        <div role="presentation" style={{ height: count * ROW, position: 'relative' }}>
          {rows.map((row) => (
            <Row
              key={row}
              id={id}
              row={row}
              columns={columns}
              length={bytes.length}
              byteOf={byteOf}
              hasPlain={masks.length > 0}
              onChoose={choose}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

interface Byte {
  readonly value: number;
  /** What a masked byte says. */
  readonly plain: number | undefined;
  readonly isMarked: boolean;
  readonly isCursor: boolean;
  readonly style: { readonly background?: string; readonly color?: string };
}

interface RowProps {
  /** Of the view: its bytes have ids of their own. */
  readonly id: string;
  readonly row: number;
  readonly columns: number;
  readonly length: number;
  readonly hasPlain: boolean;
  byteOf(at: number): Byte;
  onChoose(at: number): void;
}

function Row({ id, row, columns, length, hasPlain, byteOf, onChoose }: RowProps) {
  const start = row * columns;
  const places = Array.from({ length: Math.min(columns, length - start) }, (_, i) => start + i);
  const cells = places.map((at) => ({ at, ...byteOf(at) }));
  const chars = (kind: 'value' | 'plain') => (
    <span className={styles.chars} aria-hidden="true">
      {cells.map(({ at, [kind]: value, isMarked, plain, style }) => (
        <i
          key={at}
          className={`${isMarked ? styles.marked : ''} ${kind === 'value' && plain !== undefined ? styles.masked : ''}`}
          style={value === undefined ? {} : style}
        >
          {value === undefined ? ' ' : charOf(value)}
        </i>
      ))}
    </span>
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the grid has the focus, and cannot be a table because it is windowed.
    <div
      role="row"
      aria-rowindex={row + 1}
      className={styles.row}
      style={{ top: row * ROW }}
      data-columns={columns}
    >
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see above. */}
      <span role="rowheader" className={styles.offset}>
        {start.toString(16).padStart(4, '0')}
      </span>
      <span role="presentation" className={styles.bytes}>
        {cells.map(({ at, value, plain, isMarked, isCursor, style }) => (
          // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the grid has the keys.
          <span
            key={at}
            role="gridcell"
            id={`${id}-${at}`}
            aria-selected={isMarked || isCursor}
            className={`${isMarked ? styles.marked : ''} ${isCursor ? styles.cursor : ''} ${plain === undefined ? '' : styles.masked}`}
            style={style}
            onClick={() => onChoose(at)}
          >
            {hexOf(value)}
          </span>
        ))}
      </span>
      {chars(hasPlain ? 'plain' : 'value')}
    </div>
  );
}

const hexOf = (byte: number): string => byte.toString(16).padStart(2, '0');
const charOf = (byte: number): string =>
  byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·';

function cursorAfterKey(key: string, at: number, columns: number, length: number) {
  const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[key];
  if (length === 0) return undefined;
  if (by !== undefined) return Math.min(length - 1, Math.max(0, at + by));
  if (key === 'Home') return at - (at % columns);
  return key === 'End' ? Math.min(length - 1, at - (at % columns) + columns - 1) : undefined;
}
