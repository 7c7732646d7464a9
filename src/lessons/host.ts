// What a lesson asks of the page around it, and what it learns from it. The app fills this in, so
// that a lesson knows neither demos nor sockets.

import { type ComponentType, createContext, useContext } from 'react';
import type { Capture, LayerRef } from '../capture/capture.ts';
import type { KnobSpec } from '../ui/KnobField.tsx';

/** What a step wants the stage beside it to show. */
export interface StageRequest {
  readonly demo: string;
  readonly params: Readonly<Record<string, string>>;
  /** Name of the moment (`moments.ts`) at which the step begins; the start of the run if absent. */
  readonly from?: string;
  /** The playhead stays before this moment until the step's prediction is locked in. */
  readonly until?: string;
}

/** Something that a learner may change, by the name it has in the demo's address. */
export type Knob = KnobSpec & { readonly name: string };

export type RunStatus = 'idle' | 'running' | 'finished' | 'failed';

/** The run that the stage shows now. */
export interface StageRun {
  readonly status: RunStatus;
  readonly params: Readonly<Record<string, string>>;
  readonly capture: Capture | undefined;
  /** The learner changed something: this is not the run that the step asked about. */
  readonly isChanged: boolean;
  /** Why it failed and what to do, in a sentence for the learner. */
  readonly failure?: string;
}

export interface LessonHost {
  readonly run: StageRun;
  /** Says what the step on screen wants; the page shows it. */
  show(request: StageRequest | undefined): void;
  /** Opens a lab, runs the demo with what the learner changed, and plays it from the start. */
  rerun(demo: string, params: Readonly<Record<string, string>>): void;
  /** What can be changed in a demo. */
  knobsOf(demo: string): Promise<readonly Knob[]>;
  /** Lets the playhead go on past `until`, and plays from `from`. */
  release(): void;
  /** The connections of everybody in the learner's class. */
  readonly Everybody: ComponentType;
  /** Points every view at one frame (and layer), as when a prediction was graded by it. */
  point(at: { readonly frame: number; readonly layer?: number }): void;
  /** The packets of a connection that was recorded with tcpdump. Rejects with a sentence. */
  recording(name: string): Promise<Capture>;
  /** Draws them, in the lesson itself. */
  readonly Packets: ComponentType<{
    readonly capture: Capture;
    readonly start?: LayerRef | undefined;
  }>;
}

export const LessonHostContext = createContext<LessonHost | undefined>(undefined);

export function useLessonHost(): LessonHost {
  const host = useContext(LessonHostContext);
  if (!host) throw new Error('a lesson part was drawn outside a LessonHostContext');
  return host;
}
