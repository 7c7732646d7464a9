// The part of a capture that is about one connection, as a capture of its own. Draws nothing.

import type { Capture } from './capture.ts';

/** Frames are numbered anew. */
export function oneConnection(capture: Capture, connection: number): Capture {
  const own = capture.frames.filter((frame) => frame.connection === connection);
  const places = new Map(own.map(({ id }, i) => [id, i]));
  const moved = ({ frame, layer }: { readonly frame: number; readonly layer: number }) => {
    const place = places.get(frame);
    return place === undefined ? undefined : { frame: place, layer };
  };
  return {
    ...capture,
    connections: capture.connections.filter(({ id }) => id === connection),
    frames: own.map((frame, id) => ({ ...frame, id })),
    pairs: capture.pairs.flatMap((pair) => {
      const [from, to] = [moved(pair.from), moved(pair.to)];
      return from && to ? [{ ...pair, from, to }] : [];
    }),
  };
}
