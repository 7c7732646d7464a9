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
  const onScroll = useCallback(() => setScrollTop(ref.current?.scrollTop ?? 0), [ref]);
  const show = useCallback(
    (row: number) => {
      const element = ref.current;
      if (!element || row < 0) return;
      const to = scrollToRow(row, rowHeight, element.scrollTop, height);
      if (to !== element.scrollTop) element.scrollTop = to;
      setScrollTop(element.scrollTop);
    },
    [rowHeight, height, ref],
  );
  useLayoutEffect(() => show(newest), [newest, show]);
  useLayoutEffect(() => show(chosen), [chosen, show]);
  return { ref, onScroll, ...rowWindow(count, rowHeight, scrollTop, height) };
}
