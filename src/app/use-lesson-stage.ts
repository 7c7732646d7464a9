// The page's side of a lesson: which run its stage shows, how far the playhead may go, and what to
// show when the server is gone.

import { lazy, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Capture } from '../capture/capture.ts';
import { type Demo, fitParams, isSimulated, type LiveDemo } from '../demos/demo.ts';
import type { Knob, LessonHost, StageRequest, StageRun } from '../lessons/host.ts';
import { findMoment, isMoment } from '../lessons/moments.ts';
import { RECORDINGS } from './lesson-recordings.ts';
import type { Cue } from './stage/CaptureStage.tsx';
import { type CurrentRun, loadDemo, loadRun, useDemoRun } from './stage/use-demo-run.ts';

export interface LessonStage {
  readonly capture: Capture | undefined;
  readonly limit: number | undefined;
  readonly cue: Cue | undefined;
  /** What the demo draws besides the views that every capture has. */
  readonly Extra: Demo['Extra'];
  /** Drawn in place of the stage and the ladder. */
  readonly Picture: Demo['Picture'];
  /** Who speaks to the lab, where it is not the browser. */
  readonly speaker: 'server' | undefined;
  /** What its lanes are called. */
  readonly titles: LiveDemo['laneTitles'];
  readonly notice: string | undefined;
  /** Where the labs of this run listen; absent for a recorded run. */
  readonly at: CurrentRun['at'];
  /** What stands on the stage while there is no capture. */
  readonly empty: string;
}

const Everybody = lazy(() =>
  import('./class/Everybody.tsx').then((m) => ({ default: m.Everybody })),
);

const WAITING =
  'Nothing is on the wire yet. Once a prediction is locked in, your browser connects to a lab of your own.';

const NOT_SAID =
  'Nothing is on the wire yet. Once a prediction is locked in, a client on the server says this text to a lab of your own.';

const NOT_SIMULATED =
  'Nothing is on the link yet. Once a prediction is locked in, your browser simulates the run.';

type Params = Readonly<Record<string, string>>;

/** `captures` are those that the lesson ships; they are fetched while the server still answers. */
export function useLessonStage(captures: readonly string[]): {
  readonly host: LessonHost;
  readonly stage: LessonStage;
} {
  const { current, start } = useDemoRun();
  const [request, setRequest] = useState<StageRequest>();
  const [isChanged, setChanged] = useState(false);
  usePrefetched(captures, request?.demo);
  const recorded = useRecorded(current, request?.demo);
  const [isReleased, setReleased] = useState(false);
  const [cue, setCue] = useState<Cue>();
  const isRequested =
    current !== undefined &&
    current.demo === request?.demo &&
    isSame(current.params, request.params);
  const capture = isRequested ? (recorded ?? current.capture) : undefined;
  const at = isRequested && !recorded ? current.at : undefined;
  const demo = useRequested(request?.demo);
  const Extra = capture ? demo?.Extra : undefined;
  const state = useRef({ request, isRequested, capture });
  state.current = { request, isRequested, capture };

  const show = useCallback((next: StageRequest | undefined) => {
    setRequest(next);
    setReleased(false);
    setChanged(false);
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

  const rerun = useCallback(
    (demo: string, params: Params) => {
      setRequest({ demo, params });
      setChanged(true);
      setReleased(true);
      start(demo, params);
      setCue((before) => ({ n: (before?.n ?? 0) + 1, play: { from: 0 } }));
    },
    [start],
  );

  const run = useMemo<StageRun>(
    () => ({ ...stageRun(current, capture, isRequested), isChanged }),
    [current, capture, isRequested, isChanged],
  );
  const host = useMemo<LessonHost>(
    () => ({ run, show, rerun, knobsOf, release, point, Everybody, ...RECORDINGS }),
    [run, show, rerun, release, point],
  );
  const until = capture && momentAt(capture, request?.until);
  // Just before the moment, so that the frame itself is not given away.
  const limit = isReleased || until === undefined ? undefined : until - 1;
  return {
    host,
    stage: {
      // Which picture fits it is known with the demo.
      capture: demo ? capture : undefined,
      limit,
      cue,
      Extra,
      ...drawing(demo),
      at,
      ...words(current, recorded, isRequested, demo),
    },
  };
}

const drawing = (demo: Demo | undefined): Pick<LessonStage, 'Picture' | 'speaker' | 'titles'> => {
  const live = demo && !isSimulated(demo) ? demo : undefined;
  return { Picture: demo?.Picture, speaker: live?.speaker, titles: live?.laneTitles };
};

const before = (demo: Demo | undefined): string => {
  if (!demo || !isSimulated(demo)) return demo?.speaker ? NOT_SAID : WAITING;
  return NOT_SIMULATED;
};

function words(
  current: CurrentRun | undefined,
  recorded: Capture | undefined,
  isRequested: boolean,
  demo: Demo | undefined,
) {
  if (!isRequested || !current) {
    return { notice: undefined, empty: before(demo) };
  }
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
  const isModel = demo !== undefined && isSimulated(demo);
  return {
    notice: besideWords(current, demo),
    empty: isModel ? 'Loading the recording…' : 'Opening a lab and connecting to it…',
  };
}

/** What is known of the kernel's run beside a model's. */
function besideWords(
  { beside, isUnrecorded }: CurrentRun,
  demo: Demo | undefined,
): string | undefined {
  if (!isUnrecorded || !demo || !isSimulated(demo)) return beside;
  const offers = demo.beside?.offers.map(({ label }) => label) ?? [];
  return `${beside} These have one: ${offers.join('; ')}.`;
}

function stageRun(
  current: CurrentRun | undefined,
  capture: Capture | undefined,
  isRequested: boolean,
): Omit<StageRun, 'isChanged'> {
  if (!current || !isRequested) return { status: 'idle', params: {}, capture: undefined };
  const { status, params, failure } = current;
  const shown = capture?.provenance === 'recorded' ? 'finished' : status;
  return { status: shown, params, capture, ...(failure ? { failure } : {}) };
}

async function knobsOf(demo: string): Promise<readonly Knob[]> {
  const { params } = await loadDemo(demo);
  return Object.entries(params).map(([name, param]) => ({ name, ...param }));
}

/** The views, the socket, the demo and its recordings, once the reader has something to read. */
function usePrefetched(captures: readonly string[], demo: string | undefined): void {
  useEffect(() => {
    if (demo === undefined) return;
    const timer = setTimeout(() => {
      void import('./stage/CaptureStage.tsx').catch(() => undefined);
      void import('../lessons/graders.ts').catch(() => undefined);
      void loadRun(demo).catch(() => undefined);
      void import('../live/recorded.ts').then(({ loadShipped }) =>
        captures.map((name) => loadShipped(name).catch(() => undefined)),
      );
    }, PREFETCH_MS);
    return () => clearTimeout(timer);
  }, [captures, demo]);
}

const PREFETCH_MS = 1_500;

function useRequested(demo: string | undefined): Demo | undefined {
  const [found, setFound] = useState<Demo>();
  useEffect(() => {
    setFound(undefined);
    if (demo !== undefined) void loadDemo(demo).then(setFound, () => undefined);
  }, [demo]);
  return found;
}

/** The recorded run that stands in for one that failed. */
function useRecorded(
  current: CurrentRun | undefined,
  demo: string | undefined,
): Capture | undefined {
  const [recorded, setRecorded] = useState<Capture>();
  const failed = current?.status === 'failed' ? current.params : undefined;
  useEffect(() => {
    setRecorded(undefined);
    if (failed === undefined || demo === undefined) return;
    void loadStandIn(demo, failed).then(setRecorded, () => undefined);
  }, [failed, demo]);
  return recorded;
}

async function loadStandIn(demo: string, params: Params): Promise<Capture | undefined> {
  const [known, { loadShipped }] = await Promise.all([
    loadDemo(demo),
    import('../live/recorded.ts'),
  ]);
  if (isSimulated(known)) return undefined;
  const name = known.recorded?.(fitParams(known, params));
  return name === undefined ? undefined : loadShipped(name);
}

function momentAt(capture: Capture, moment: string | undefined): number | undefined {
  const at = moment !== undefined && isMoment(moment) ? findMoment(capture, moment) : undefined;
  return at && capture.frames[at.frame]?.at;
}

const isSame = (a: Params, b: Params): boolean =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(a).every(([key, value]) => b[key] === value);
