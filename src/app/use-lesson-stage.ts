// The page's side of a lesson: which run its stage shows, how far the playhead may go, and what to
// show when the server is gone.

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Capture } from '../capture/capture.ts';
import type { LessonHost, StageRequest, StageRun } from '../lessons/host.ts';
import { findMoment, isMoment } from '../lessons/moments.ts';
import type { Cue } from './stage/CaptureStage.tsx';
import { type CurrentRun, loadRun, useDemoRun } from './stage/use-demo-run.ts';

export interface LessonStage {
  readonly capture: Capture | undefined;
  readonly limit: number | undefined;
  readonly cue: Cue | undefined;
  readonly notice: string | undefined;
  /** What stands on the stage while there is no capture. */
  readonly empty: string;
}

const WAITING =
  'Nothing is on the wire yet. Lock in a prediction, and your browser connects to a lab of your own.';

type Params = Readonly<Record<string, string>>;

export function useLessonStage(): { readonly host: LessonHost; readonly stage: LessonStage } {
  const { current, start } = useDemoRun();
  const recorded = useRecorded(current);
  const [request, setRequest] = useState<StageRequest>();
  const [isReleased, setReleased] = useState(false);
  const [cue, setCue] = useState<Cue>();
  const isRequested =
    current !== undefined && request !== undefined && isSame(current.params, request.params);
  const capture = isRequested ? (recorded ?? current.capture) : undefined;
  const state = useRef({ request, isRequested, capture });
  state.current = { request, isRequested, capture };

  const show = useCallback((next: StageRequest | undefined) => {
    setRequest(next);
    setReleased(false);
    setCue(undefined);
  }, []);
  const release = useCallback(() => {
    setReleased(true);
    const now = state.current;
    if (now.request && !now.isRequested) start(now.request.demo, now.request.params);
    const from = now.capture ? momentAt(now.capture, now.request?.from) : 0;
    setCue((before) => ({ n: (before?.n ?? 0) + 1, play: { from: from ?? 0 } }));
  }, [start]);
  const point = useCallback((at: { readonly frame: number; readonly layer?: number }) => {
    setCue((before) => ({ n: (before?.n ?? 0) + 1, point: at }));
  }, []);

  const run = useMemo<StageRun>(
    () => stageRun(current, capture, isRequested),
    [current, capture, isRequested],
  );
  const host = useMemo<LessonHost>(
    () => ({ run, show, start, release, point }),
    [run, show, start, release, point],
  );
  const until = capture && momentAt(capture, request?.until);
  // Just before the moment, so that the frame itself is not given away.
  const limit = isReleased || until === undefined ? undefined : until - 1;
  return { host, stage: { capture, limit, cue, ...words(current, recorded, isRequested) } };
}

function words(
  current: CurrentRun | undefined,
  recorded: Capture | undefined,
  isRequested: boolean,
) {
  if (!isRequested || !current) return { notice: undefined, empty: WAITING };
  if (recorded) {
    return {
      notice: `${current.failure ?? ''} The lesson goes on with a run that was recorded earlier; it is not your own.`,
      empty: WAITING,
    };
  }
  if (current.status === 'failed') {
    return {
      notice: undefined,
      empty: `The run stopped. ${current.failure ?? ''} Your answers are kept.`,
    };
  }
  return { notice: undefined, empty: 'Opening a lab and connecting to it…' };
}

function stageRun(
  current: CurrentRun | undefined,
  capture: Capture | undefined,
  isRequested: boolean,
): StageRun {
  if (!current || !isRequested) return { status: 'idle', params: {}, capture: undefined };
  const { status, params, failure } = current;
  const shown = capture?.provenance === 'recorded' ? 'finished' : status;
  return { status: shown, params, capture, ...(failure ? { failure } : {}) };
}

/** The recorded run that stands in for one that failed. It is fetched while the server still answers. */
function useRecorded(current: CurrentRun | undefined): Capture | undefined {
  const [recorded, setRecorded] = useState<Capture>();
  useEffect(() => {
    const timer = setTimeout(() => {
      void import('./stage/CaptureStage.tsx').catch(() => undefined);
      void loadRun('handshake').catch(() => undefined);
      void import('../live/recorded.ts').then(({ loadShipped }) =>
        ['both', 'websocket', 'polling'].map((name) =>
          loadShipped(`handshake-${name}`).catch(() => undefined),
        ),
      );
    }, 1_500);
    return () => clearTimeout(timer);
  }, []);
  const failed = current?.status === 'failed' ? (current.params.transports ?? 'both') : undefined;
  useEffect(() => {
    setRecorded(undefined);
    if (failed === undefined) return;
    void import('../live/recorded.ts')
      .then(({ loadShipped }) => loadShipped(`handshake-${failed}`))
      .then(setRecorded, () => undefined);
  }, [failed]);
  return recorded;
}

function momentAt(capture: Capture, moment: string | undefined): number | undefined {
  const at = moment !== undefined && isMoment(moment) ? findMoment(capture, moment) : undefined;
  return at && capture.frames[at.frame]?.at;
}

const isSame = (a: Params, b: Params): boolean =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(a).every(([key, value]) => b[key] === value);
