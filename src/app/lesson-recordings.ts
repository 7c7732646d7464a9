// Connections recorded with tcpdump, for lessons. What reads and draws them comes when it is needed.

import { lazy } from 'react';
import type { LessonHost } from '../lessons/host.ts';

export const RECORDINGS: Pick<LessonHost, 'recording' | 'Packets'> = {
  recording: (name) =>
    import('../live/recorded.ts').then(({ loadRecording }) => loadRecording(name)),
  Packets: lazy(() =>
    import('./stage/PacketExhibit.tsx').then((m) => ({ default: m.PacketExhibit })),
  ),
};
