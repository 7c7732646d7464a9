// A program's text, and when each of its lines ran: known from the frames that the line put on the
// wire or heard, and from what the program wrote down. Runs nothing, draws nothing.

import type { Capture, Frame } from '../capture/capture.ts';
import { clientOf } from '../capture/clients.ts';
import type { Noted } from '../capture/record.ts';
import type { Layer } from '../wire/layer.ts';

export interface Instant {
  /** µs of the capture. */
  readonly at: number;
  /** The frame that it caused or that caused it. */
  readonly frame?: number;
}

export interface LineRule {
  /** Part of exactly one line of the text. */
  readonly code: string;
  readonly ran: (capture: Capture) => readonly Instant[];
}

export interface Listing {
  readonly title: string;
  readonly text: string;
  readonly rules: readonly LineRule[];
}

/** One line that ran once. `line` counts from 0. */
export interface LineRun extends Instant {
  readonly line: number;
}

/** All runs of all lines in order of time; what happened at one instant stays in the text's order. */
export function runsOf({ text, rules }: Listing, capture: Capture): readonly LineRun[] {
  const lines = text.split('\n');
  return rules
    .flatMap(({ code, ran }) => {
      const line = lines.findIndex((one) => one.includes(code));
      return ran(capture).map((instant) => ({ ...instant, line }));
    })
    .toSorted((a, b) => a.at - b.at || a.line - b.line);
}

/** The frames in which a layer is found for which `is` holds, of one client if `who` is given. */
export const inFrames =
  (is: (layer: Layer, frame: Frame) => boolean, who?: string) =>
  (capture: Capture): readonly Instant[] => {
    const theirs = new Set(
      capture.connections
        .filter((connection) => who === undefined || clientOf(capture, connection) === who)
        .map(({ id }) => id),
    );
    return capture.frames
      .filter((frame) => theirs.has(frame.connection) && frame.layers.some((l) => is(l, frame)))
      .map(({ id, at }) => ({ at, frame: id }));
  };

/** The moments at which a program wrote such a note. */
export const inNotes =
  (is: (note: Noted) => boolean) =>
  ({ notes }: Capture): readonly Instant[] =>
    notes.filter(is).map(({ wroteAt }) => ({ at: wroteAt }));
