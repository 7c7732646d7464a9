// What stands below the wire in the comparison: the counters of every lane.

import { CostPlot, type PlottedWay } from '../../views/CostPlot.tsx';
import { type CountedLane, Counters } from '../../views/Counters.tsx';
import type { ViewProps } from '../../views/view.ts';
import { LANE_TITLES } from './ways.ts';

/** The lab answers a poll that hangs after 20 s, with nothing. */
const LANES: readonly CountedLane[] = Object.entries(LANE_TITLES).map(([lane, label]) => ({
  lane,
  label,
  ...(lane === 'long' && { holdSeconds: 20 }),
  ...(lane === 'short' && { asks: true }),
}));

/** Socket.IO’s cost depends on what carries it, and on its heartbeat. */
const PLOTTED: readonly PlottedWay[] = [
  { lane: 'short', label: 'Short polling', asks: true },
  { lane: 'long', label: 'Long polling', holdSeconds: 20 },
  { lane: 'sse', label: 'Server-sent events' },
  { lane: 'websocket', label: 'WebSocket' },
];

export const Extra = (view: ViewProps) => (
  <>
    <Counters {...view} lanes={LANES} />
    {view.playhead >= view.capture.endAt ? (
      <CostPlot capture={view.capture} ways={PLOTTED} />
    ) : null}
  </>
);
