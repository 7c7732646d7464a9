// The scrolling half of a windowed list: where it is scrolled to, and bringing a row into view.

import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';
import { rowWindow, scrollToRow } from './row-window.ts';
import { useSize } from './use-size.ts';

export interface RowWindow {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly first: number;
  readonly last: number;
  /** CSS pixels. */
  readonly height: number;
  onScroll(): void;
}

interface Rows {
  readonly count: number;
  /** Of a row, CSS pixels. */
  readonly rowHeight: number;
  /** Of what stays at the top, CSS pixels. */
  readonly head?: number;
  /** Rows brought into sight whenever one of them changes; -1 for none. */
  readonly chosen: number;
  readonly newest?: number;
}

export function useRowWindow(rows: Rows): RowWindow {
  const { count, rowHeight, head = 0, chosen, newest = -1 } = rows;
  const size = useSize<HTMLDivElement>();
  const { ref } = size;
  const height = Math.max(0, size.height - head);
  const [scrollTop, setScrollTop] = useState(0);
  const [goal, setGoal] = useState({ chosen: -1, newest: -1, height: -1, to: 0 });
  // While rendering, so that the rows of the new place are drawn at once and not after a second look.
  if (goal.chosen !== chosen || goal.newest !== newest || goal.height !== height) {
    const isResized = goal.height !== height;
    const inSight = [
      ...(isResized || goal.newest !== newest ? [newest] : []),
      ...(isResized || goal.chosen !== chosen ? [chosen] : []),
    ].filter((row) => row >= 0);
    // Whole pixels, as the element will say that it is scrolled.
    const to = Math.ceil(
      inSight.reduce((top, row) => scrollToRow(row, rowHeight, top, height), scrollTop),
    );
    setGoal({ chosen, newest, height, to });
    setScrollTop(to);
  }
  useLayoutEffect(() => {
    if (ref.current) ref.current.scrollTop = goal.to;
  }, [ref, goal]);
  const onScroll = useCallback(() => setScrollTop(ref.current?.scrollTop ?? 0), [ref]);
  return { ref, onScroll, height, ...rowWindow(count, rowHeight, scrollTop, height) };
}
