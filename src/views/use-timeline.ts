// The playhead of one capture: playing, stepping, scrubbing, following a live edge. The one place
// where a clock moves anything, and that clock is framer-motion's. Draws nothing.

import { animate } from 'framer-motion';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Capture } from '../capture/capture.ts';
import { createTimeLens, type TimeLens } from '../capture/time-lens.ts';
import { latestAt, startOf, stepFrom } from './moments.ts';

export interface TimelineOptions {
  /** µs that the playhead may not pass, as until a prediction is locked in. */
  readonly limit?: number | undefined;
  /** Play in steps from frame to frame instead of moving. */
  readonly reducedMotion?: boolean;
  /** Where the playhead stands at first; the start of the capture if absent. */
  readonly from?: number;
}

export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;

export interface Timeline {
  /** µs of the capture. */
  readonly playhead: number;
  readonly playing: boolean;
  readonly speed: number;
  readonly lens: TimeLens;
  readonly start: number;
  /** How far the playhead may go: the end of the capture, or the limit. */
  readonly end: number;
  /** The playhead stands at the limit, and only `release` or a new limit lets it on. */
  readonly isHeld: boolean;
  readonly atLiveEdge: boolean;
  play(): void;
  pause(): void;
  seek(at: number): void;
  stepFrame(by: 1 | -1): void;
  setSpeed(speed: number): void;
  /** To the newest instant, and on with whatever comes. */
  toLiveEdge(): void;
  /** Lets the playhead pass the present limit and plays, from `from` if given. */
  release(from?: number): void;
}

export function useTimeline(
  capture: Capture,
  { limit, reducedMotion = false, from }: TimelineOptions = {},
): Timeline {
  const lens = useMemo(() => createTimeLens(capture), [capture]);
  const [released, setReleased] = useState<number>();
  const effective = limit === released ? undefined : limit;
  const start = startOf(capture);
  const end = Math.max(start, Math.min(capture.endAt, effective ?? capture.endAt));
  const [place, setPlace] = useState(from ?? start);
  const [intent, setIntent] = useState<'paused' | 'playing'>('paused');
  const [speed, setSpeed] = useState(1);
  const playhead = Math.min(end, Math.max(start, place));
  const latest = useRef(playhead);
  latest.current = playhead;

  // The animation may tick once more before it is stopped; a tick from before the last seek is stale.
  const epoch = useRef(0);
  const seek = useCallback((at: number) => {
    epoch.current++;
    setIntent('paused');
    setPlace(at);
  }, []);
  const [seeks, setSeeks] = useState(0);
  usePlaying({ capture, lens, end, speed, seeks, latest, epoch, setPlace }, intent, reducedMotion);

  return useMemo(() => {
    const isAtEnd = playhead >= end;
    const goOn = (at?: number): void => {
      if (at !== undefined) {
        epoch.current++;
        latest.current = at;
        setPlace(at);
      }
      setSeeks((n) => n + 1);
      setIntent('playing');
    };
    return {
      playhead,
      playing: intent === 'playing' && !isAtEnd,
      speed,
      lens,
      start,
      end,
      isHeld: isAtEnd && end < capture.endAt,
      atLiveEdge: playhead >= capture.endAt,
      play: () => goOn(isAtEnd && end >= capture.endAt ? start : undefined),
      pause: () => setIntent('paused'),
      seek,
      stepFrame: (by) => seek(stepFrom(capture, latest.current, by, end)),
      setSpeed,
      toLiveEdge: () => goOn(end),
      release(at) {
        setReleased(limit);
        goOn(at);
      },
    };
  }, [playhead, intent, speed, lens, start, end, capture, seek, limit]);
}

interface Playing {
  readonly capture: Capture;
  readonly lens: TimeLens;
  readonly end: number;
  readonly speed: number;
  /** Changes when playing must start over from another place. */
  readonly seeks: number;
  readonly latest: { readonly current: number };
  /** How many seeks there were so far. */
  readonly epoch: { readonly current: number };
  setPlace(at: number): void;
}

/**
 * Plays from wherever the playhead is to the end. When the capture grows the lens is another one, so
 * it starts over from the same instant; at the end it waits for more.
 */
function usePlaying(run: Playing, intent: 'paused' | 'playing', reducedMotion: boolean): void {
  const { capture, lens, end, speed, seeks, latest, epoch, setPlace } = run;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a seek starts the animation over.
  useEffect(() => {
    if (intent === 'paused') return;
    const from = lens.toShown(latest.current);
    const to = lens.toShown(end);
    if (to <= from) return;
    const begun = epoch.current;
    const controls = animate(from, to, {
      duration: (to - from) / 1_000 / speed,
      ease: 'linear',
      onUpdate(shown) {
        if (epoch.current !== begun) return;
        const at = shown >= to ? end : lens.toCapture(shown);
        const isStep = reducedMotion && shown < to;
        setPlace(isStep ? Math.max(latestAt(capture.frames, at)?.at ?? 0, startOf(capture)) : at);
      },
    });
    return () => controls.stop();
  }, [capture, lens, end, speed, intent, reducedMotion, seeks, latest, epoch, setPlace]);
}
