// What stands below the wire in the comparison: the counters of every lane.

import { type CountedLane, Counters } from '../../views/Counters.tsx';
import type { ViewProps } from '../../views/view.ts';
import { LANE_TITLES } from './ways.ts';

/** The lab answers a poll that hangs after 20 s, with nothing. */
const LANES: readonly CountedLane[] = Object.entries(LANE_TITLES).map(([lane, label]) =>
  lane === 'long' ? { lane, label, holdSeconds: 20 } : { lane, label },
);

export const Extra = (view: ViewProps) => <Counters {...view} lanes={LANES} />;
