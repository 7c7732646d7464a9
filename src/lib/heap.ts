// A binary heap: the least item first, in time logarithmic in how many there are. Knows nothing of
// what it orders.

export interface Heap<T> {
  readonly size: number;
  peek(): T | undefined;
  push(item: T): void;
  pop(): T | undefined;
}

/** Items that are equal by `isBefore` come out in no particular order: break ties in `isBefore`. */
export function createHeap<T>(isBefore: (a: T, b: T) => boolean): Heap<T> {
  const items: T[] = [];

  function push(item: T): void {
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = items[parent] as T;
      if (!isBefore(item, above)) break;
      items[at] = above;
      at = parent;
    }
    items[at] = item;
  }

  function pop(): T | undefined {
    const least = items[0];
    const last = items.pop();
    if (items.length > 0) sink(last as T);
    return least;
  }

  /** Puts `item` in place of the root and lets it sink to where it belongs. */
  function sink(item: T): void {
    const half = items.length >> 1;
    let at = 0;
    while (at < half) {
      let child = 2 * at + 1;
      const right = child + 1;
      if (right < items.length && isBefore(items[right] as T, items[child] as T)) child = right;
      if (!isBefore(items[child] as T, item)) break;
      items[at] = items[child] as T;
      at = child;
    }
    items[at] = item;
  }

  return {
    get size() {
      return items.length;
    },
    peek: () => items[0],
    push,
    pop,
  };
}
