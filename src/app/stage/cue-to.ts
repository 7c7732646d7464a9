// The order that shows a field where a capture first has it.

import type { Capture } from '../../capture/capture.ts';
import { findField } from '../../capture/find-field.ts';
import type { Cue } from './CaptureStage.tsx';

/** Keys have commas between them. `undefined` where nothing is sought or no frame has it. */
export function cueTo(capture: Capture | undefined, keys: string | undefined): Cue | undefined {
  const point = capture && keys ? findField(capture, keys.split(',')) : undefined;
  return point && { n: 2, point };
}
