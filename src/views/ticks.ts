// One mark a frame on the timeline, merged where they would fall on the same pixel. Pure numbers.

import type { Capture } from '../capture/capture.ts';
import type { TimeLens } from '../capture/time-lens.ts';
import type { Protocol } from '../wire/layer.ts';
import { protocolOf } from './frame-word.ts';

/**
 * An SVG path of vertical strokes for every protocol, in a box `width` wide. A later frame at the
 * same pixel and of the same protocol adds nothing; frames after `limit` are left out.
 */
export function tickPaths(
  { frames }: Capture,
  lens: TimeLens,
  width: number,
  limit: number,
): ReadonlyMap<Protocol, string> {
  const paths = new Map<Protocol, string>();
  const drawn = new Map<Protocol, number>();
  for (const frame of frames) {
    if (frame.at > limit) break;
    const protocol = protocolOf(frame);
    const x = Math.round((lens.toShown(frame.at) / (lens.totalMs || 1)) * width);
    if (drawn.get(protocol) === x) continue;
    drawn.set(protocol, x);
    paths.set(protocol, `${paths.get(protocol) ?? ''}M${x} 0V14`);
  }
  return paths;
}
