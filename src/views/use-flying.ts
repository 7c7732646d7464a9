// The playhead of a picture in which something moves between two frames: exact, and rendered again when
// what it shows changes.

import { useAtPlayhead, useMoment } from './moving-playhead.ts';
import type { ViewProps } from './view.ts';

/** `shown`: the picture is another one when this is another number. */
export function useFlying(
  { playhead, moving }: Pick<ViewProps, 'playhead' | 'moving'>,
  shown: (at: number) => number,
): number {
  const moment = useMoment(playhead, moving);
  useAtPlayhead(moment, shown);
  return moment.at;
}
