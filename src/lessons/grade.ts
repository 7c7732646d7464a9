// What a grader is: a question that a capture answers.

import type { Capture, LayerRef } from '../capture/capture.ts';

export interface Grade {
  /** The value of the option that the capture bears out. */
  readonly answer: string;
  /** What the wire shows, as the end of "The wire shows …", or of "The model of both ends shows …". */
  readonly sentence: string;
  readonly evidence?: LayerRef;
  /** It stands in no packet: the ends of the connection know it, and the simulator tells. */
  readonly isKnownByEnds?: true;
}

/** Nothing while the capture does not tell. */
export type Grader = (capture: Capture) => Grade | undefined;
