// The playhead of one capture: playing, stepping, scrubbing, following a live edge. The one place
// where a clock moves anything, and that clock is framer-motion's. Draws nothing.

import { animate } from 'framer-motion';
import {
  startTransition,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Capture } from '../capture/capture.ts';
import { type TimeLens, timeLensOf } from '../capture/time-lens.ts';
import { latestAt, passedAt, startOf, stepFrom } from './moments.ts';
import { createMovingPlayhead, type MovingPlayhead } from './moving-playhead.ts';

export interface TimelineOptions {
  /** µs that the playhead may not pass, as until a prediction is locked in. */
  readonly limit?: number | undefined;
  /** Play in steps from frame to frame instead of moving. */
  readonly reducedMotion?: boolean;
  /** Where the playhead stands at first; the start of the capture if absent. */
  readonly from?: number;
}

export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;

/** While it plays, `playhead` follows when a frame has passed, but no sooner than so many ms later. */
const FOLLOW_MS = 440;
/** More frames than these since then are a burst: nobody can read them, and it follows every two seconds. */
const BURST = 8;
const BURST_MS = 2_000;

export interface Timeline {
  /** µs of the capture. While it plays it may lag behind `moving` a little; at rest it is exact. */
  readonly playhead: number;
  /** The playhead at every frame of the screen. */
  readonly moving: MovingPlayhead;
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
  const lens = timeLensOf(capture);
  const [released, setReleased] = useState<number>();
  const effective = limit === released ? undefined : limit;
  const start = startOf(capture);
  const end = Math.max(start, Math.min(capture.endAt, effective ?? capture.endAt));
  const [place, setPlace] = useState(from ?? start);
  const [moving] = useState(() => createMovingPlayhead(place));
  const [intent, setIntent] = useState<'paused' | 'playing'>('paused');
  const [speed, setSpeed] = useState(1);
  const playhead = Math.min(end, Math.max(start, place));
  useLayoutEffect(() => {
    if (intent === 'paused') moving.set(playhead);
    else moving.set(Math.min(end, Math.max(start, moving.at)));
  }, [moving, intent, playhead, start, end]);

  // The animation may tick once more before it is stopped; a tick from before the last seek is stale.
  const epoch = useRef(0);
  const stand = useCallback(
    (at: number) => {
      epoch.current++;
      moving.set(at);
      setPlace(at);
    },
    [moving],
  );
  const [seeks, setSeeks] = useState(0);
  usePlaying({ capture, lens, end, speed, seeks, moving, epoch, setPlace }, intent, reducedMotion);

  return useMemo(() => {
    const isAtEnd = playhead >= end;
    const seek = (at: number): void => {
      stand(at);
      setIntent('paused');
    };
    const goOn = (at?: number): void => {
      if (at !== undefined) stand(at);
      setSeeks((n) => n + 1);
      setIntent('playing');
    };
    return {
      playhead,
      moving,
      playing: intent === 'playing' && !isAtEnd,
      speed,
      lens,
      start,
      end,
      isHeld: isAtEnd && end < capture.endAt,
      atLiveEdge: playhead >= capture.endAt,
      play: () => goOn(isAtEnd && end >= capture.endAt ? start : undefined),
      pause: () => seek(moving.at),
      seek,
      stepFrame: (by) => seek(stepFrom(capture, moving.at, by, end)),
      setSpeed,
      toLiveEdge: () => goOn(end),
      release(at) {
        setReleased(limit);
        goOn(at);
      },
    };
  }, [playhead, moving, intent, speed, lens, start, end, capture, stand, limit]);
}

interface Playing {
  readonly capture: Capture;
  readonly lens: TimeLens;
  readonly end: number;
  readonly speed: number;
  /** Changes when playing must start over from another place. */
  readonly seeks: number;
  readonly moving: ReturnType<typeof createMovingPlayhead>;
  /** How many seeks there were so far. */
  readonly epoch: { readonly current: number };
  setPlace(at: number): void;
}

/**
 * Plays from wherever the playhead is to the end. When the capture grows the lens is another one, so
 * it starts over from the same instant; at the end it waits for more.
 */
function usePlaying(run: Playing, intent: 'paused' | 'playing', reducedMotion: boolean): void {
  const { capture, lens, end, speed, seeks, moving, epoch, setPlace } = run;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a seek starts the animation over.
  useEffect(() => {
    if (intent === 'paused') return;
    const from = lens.toShown(moving.at);
    const to = lens.toShown(end);
    if (to <= from) return;
    const begun = epoch.current;
    let followed = { shown: Number.NEGATIVE_INFINITY, passed: -1 };
    const controls = animate(from, to, {
      duration: (to - from) / 1_000 / speed,
      ease: 'linear',
      onUpdate(shown) {
        if (epoch.current !== begun) return;
        const isOver = shown >= to;
        const exact = isOver ? end : lens.toCapture(shown);
        const isStep = reducedMotion && !isOver;
        const at = isStep
          ? Math.max(latestAt(capture.frames, exact)?.at ?? 0, startOf(capture))
          : exact;
        moving.set(at);
        const passed = passedAt(capture.frames, at);
        const pace = passed - followed.passed > BURST ? BURST_MS : FOLLOW_MS;
        const isSoon = (shown - followed.shown) / speed < pace;
        if (!isOver && (isSoon || passed === followed.passed)) return;
        followed = { shown, passed };
        // What follows may take longer than a frame of the screen; what moves must not wait for it.
        startTransition(() => setPlace(at));
      },
    });
    return () => controls.stop();
  }, [capture, lens, end, speed, intent, reducedMotion, seeks, moving, epoch, setPlace]);
}
