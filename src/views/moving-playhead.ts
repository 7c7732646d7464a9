// The playhead from one frame of the screen to the next, outside React's state: what moves draws
// itself from it, and React renders only when something else changes. Knows no clock.

import { useLayoutEffect, useMemo, useRef, useSyncExternalStore } from 'react';

export interface MovingPlayhead {
  /** µs of the capture, now. */
  readonly at: number;
  subscribe(listener: (at: number) => void): () => void;
}

/** `set` tells every listener at once, and nobody when nothing changed. */
export function createMovingPlayhead(from: number): MovingPlayhead & { set(at: number): void } {
  const listeners = new Set<(at: number) => void>();
  let place = from;
  return {
    get at() {
      return place;
    },
    set(at) {
      if (at === place) return;
      place = at;
      for (const listener of listeners) listener(at);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** `moving`, or where there is none a playhead that stands at `playhead`. */
export function useMoment(playhead: number, moving: MovingPlayhead | undefined): MovingPlayhead {
  const still = useMemo(() => ({ at: playhead, subscribe: noChange }), [playhead]);
  return moving ?? still;
}

const noChange = () => () => undefined;

/**
 * Calls `draw` after every rendering, and between them for each place of the playhead, or for one
 * of `every` places where the picture moves slowly.
 */
export function usePicture(moment: MovingPlayhead, draw: (at: number) => void, every = 1): void {
  const latest = useRef(draw);
  useLayoutEffect(() => {
    latest.current = draw;
    draw(moment.at);
  });
  useLayoutEffect(() => {
    let places = 0;
    return moment.subscribe((at) => {
      if (++places % every === 0) latest.current(at);
    });
  }, [moment, every]);
}

/** What `derive` says of the moment; renders again at the very instant at which that changes. */
export function useAtPlayhead<T extends string | number | boolean>(
  moment: MovingPlayhead,
  derive: (at: number) => T,
): T {
  return useSyncExternalStore(moment.subscribe, () => derive(moment.at));
}
