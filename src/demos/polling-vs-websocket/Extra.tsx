// What stands below the wire in the comparison: the counters of every lane.

import { type CountedLane, Counters } from '../../views/Counters.tsx';
import type { ViewProps } from '../../views/view.ts';

/** The lab answers a poll that hangs after 20 s, with nothing. */
const LANES: readonly CountedLane[] = [
  { lane: 'short', label: 'Short polling' },
  { lane: 'long', label: 'Long polling', holdSeconds: 20 },
  { lane: 'sse', label: 'Server-sent events' },
  { lane: 'websocket', label: 'WebSocket' },
  { lane: 'socketio', label: 'Socket.IO' },
];

export const Extra = (view: ViewProps) => <Counters {...view} lanes={LANES} />;
