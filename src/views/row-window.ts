// Which rows of a long list are on the screen. Every row has the same height. Draws nothing.

/** Half-open: rows `first` up to, not including, `last`, with a few above and below. */
export function rowWindow(
  count: number,
  rowHeight: number,
  scrollTop: number,
  height: number,
): { readonly first: number; readonly last: number } {
  const margin = 2;
  const first = Math.max(0, Math.min(count, Math.floor(scrollTop / rowHeight) - margin));
  const last = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + margin);
  return { first, last: Math.max(first, last) };
}

/** The scroll position nearest to `scrollTop` at which the row is wholly visible. */
export function scrollToRow(
  row: number,
  rowHeight: number,
  scrollTop: number,
  height: number,
): number {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + rowHeight - height);
}
