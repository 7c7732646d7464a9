// What every view is given: a capture, a moment of it, and what the learner points at. Knows no view.

import type { Capture, Selection } from '../capture/capture.ts';
import type { MovingPlayhead } from './moving-playhead.ts';

export interface ViewProps {
  readonly capture: Capture;
  /** Microseconds of the capture's own time. */
  readonly playhead: number;
  /** The same moment between two renderings, while it plays; without it only `playhead` is drawn. */
  readonly moving?: MovingPlayhead | undefined;
  readonly selection: Selection | undefined;
  /** What the learner chose herself; without it `selection` may follow the playhead. */
  readonly chosen?: Selection | undefined;
  onSelect(selection: Selection | undefined): void;
}

/** What a view does with frames after the playhead: a lesson that asks for predictions hides them. */
export type Future = 'hidden' | 'faint';
