// The scrolling half of a windowed list: where it is scrolled to, and bringing a row into view.

import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';
import { rowWindow, scrollToRow } from './row-window.ts';
import { useSize } from './use-size.ts';

export interface RowWindow {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly first: number;
  readonly last: number;
  onScroll(): void;
}

/** `chosen` and `newest` are rows brought into sight whenever one of them changes; -1 for none. */
export function useRowWindow(
  count: number,
  rowHeight: number,
  chosen: number,
  newest = -1,
): RowWindow {
  const { ref, height } = useSize<HTMLDivElement>();
  const [scrollTop, setScrollTop] = useState(0);
  const [goal, setGoal] = useState({ chosen: -1, newest: -1, height: -1, to: 0 });
  // While rendering, so that the rows of the new place are drawn at once and not after a second look.
  if (goal.chosen !== chosen || goal.newest !== newest || goal.height !== height) {
    const isResized = goal.height !== height;
    const rows = [
      ...(isResized || goal.newest !== newest ? [newest] : []),
      ...(isResized || goal.chosen !== chosen ? [chosen] : []),
    ].filter((row) => row >= 0);
    const to = rows.reduce((top, row) => scrollToRow(row, rowHeight, top, height), scrollTop);
    setGoal({ chosen, newest, height, to });
    setScrollTop(to);
  }
  useLayoutEffect(() => {
    if (ref.current) ref.current.scrollTop = goal.to;
  }, [ref, goal]);
  const onScroll = useCallback(() => setScrollTop(ref.current?.scrollTop ?? 0), [ref]);
  return { ref, onScroll, ...rowWindow(count, rowHeight, scrollTop, height) };
}
