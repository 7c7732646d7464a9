// Which connections have a wire on the stage, and in what order. Draws nothing.

import type { Capture, Connection } from '../capture/capture.ts';
import { passedAt } from './moments.ts';

/** With many lanes each is lower, so that there is room for the rest of the stage. */
export const laneHeightOf = (lanes: number): number => (lanes <= 2 ? 58 : lanes <= 4 ? 52 : 46);
const MAX_LANES = 6;
/** How far back the search for recent talk goes. */
const RECENT = 200;

/** At most six, in the order they opened: those in use at the playhead, then the newest. */
export function lanesAt(
  { connections, frames }: Capture,
  playhead: number,
): { readonly lanes: readonly Connection[]; readonly others: number } {
  if (connections.length <= MAX_LANES) return { lanes: connections, others: 0 };
  const chosen = new Set<number>();
  const next = passedAt(frames, playhead);
  const first = Math.max(0, next - RECENT);
  // The frame about to arrive is already on its wire.
  for (let i = Math.min(next, frames.length - 1); i >= first && chosen.size < MAX_LANES; i--) {
    const frame = frames[i];
    if (frame) chosen.add(frame.connection);
  }
  for (let i = connections.length - 1; i >= 0 && chosen.size < MAX_LANES; i--) {
    const connection = connections[i];
    if (connection) chosen.add(connection.id);
  }
  const lanes = connections.filter(({ id }) => chosen.has(id));
  return { lanes, others: connections.length - lanes.length };
}
