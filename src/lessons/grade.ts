// What a grader is: a question that a capture answers.

import type { Capture, LayerRef } from '../capture/capture.ts';

export interface Grade {
  /** The value of the option that the capture bears out. */
  readonly answer: string;
  /** What the wire shows, as the end of "The wire shows …". */
  readonly sentence: string;
  readonly evidence?: LayerRef;
}

/** Nothing while the capture does not tell. */
export type Grader = (capture: Capture) => Grade | undefined;
