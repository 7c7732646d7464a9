// Where the viewer of a stage is, for links and pushes.

import { useRef, useState } from 'react';
import type { Selection } from '../capture/capture.ts';

export interface Moment {
  readonly playhead: number;
  readonly selection: Selection | undefined;
}

/** Where the viewer is; tells once she is elsewhere than where she was put. */
export function useMoment(onLook: (() => void) | undefined) {
  const latest = useRef<Moment>({ playhead: 0, selection: undefined });
  const first = useRef<Moment>(undefined);
  const look = useRef(onLook);
  look.current = onLook;
  const [selection, setSelection] = useState<Selection>();
  const [functions] = useState(() => ({
    moment: () => latest.current,
    onMoment(playhead: number, selection: Selection | undefined) {
      latest.current = { playhead, selection };
      setSelection(selection);
      first.current ??= latest.current;
      const isElsewhere =
        playhead !== first.current.playhead || selection !== first.current.selection;
      if (isElsewhere) look.current?.();
    },
  }));
  return { ...functions, selection };
}
