// The live run that a page shows, started and replaced by the learner; one at a time.

import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { fitParams, type LiveDemo } from '../../demos/demo.ts';
import { DEMOS } from '../../demos/index.ts';
import type { DemoRun, DemoSnapshot } from '../../live/demo-run.ts';
import { readLearnerScript } from '../link/learner-script.ts';

export interface CurrentRun extends DemoSnapshot {
  readonly demo: string;
  readonly params: Readonly<Record<string, string>>;
  readonly run: DemoRun | undefined;
}

interface Held {
  readonly demo: string;
  readonly run: DemoRun | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly isLoading: boolean;
}

const NOBODY = (): (() => void) => () => undefined;
const NOTHING = (): undefined => undefined;

export function useDemoRun(): {
  readonly current: CurrentRun | undefined;
  start(demo: string, params: Readonly<Record<string, string>>): void;
} {
  const [held, setHeld] = useState<Held>();
  const latest = useRef<DemoRun>(undefined);
  const snapshot = useSyncExternalStore<DemoSnapshot | undefined>(
    held?.run?.subscribe ?? NOBODY,
    held?.run?.snapshot ?? NOTHING,
  );
  useEffect(() => () => latest.current?.close(), []);
  const start = useCallback((demo: string, params: Readonly<Record<string, string>>) => {
    setHeld({ demo, run: undefined, params, isLoading: true });
    void loadRun(demo).then(
      ({ DemoRun, live }) => {
        latest.current?.close();
        latest.current = new DemoRun(
          live,
          fitParams(live, params),
          readLearnerScript(params.link).script,
        );
        setHeld({ demo, run: latest.current, params, isLoading: false });
      },
      () => setHeld({ demo, run: undefined, params, isLoading: false }),
    );
  }, []);
  const state = held?.run ? snapshot : held && (held.isLoading ? LOADING : NOT_LOADED);
  const current =
    held && state ? { ...state, demo: held.demo, params: held.params, run: held.run } : undefined;
  return { current, start };
}

const LOADING: DemoSnapshot = { status: 'running', capture: undefined };

const NOT_LOADED: DemoSnapshot = {
  status: 'failed',
  capture: undefined,
  failure: 'The server does not answer, so this run could not begin. Check that it is running.',
};

/** Throws where there is no such demo. */
export async function loadDemo(demo: string): Promise<LiveDemo> {
  const live = await DEMOS.get(demo)?.();
  if (!live) throw new Error(`there is no demo "${demo}"`);
  return live;
}

/** The socket and the demo are no part of the reading path: they load with the first run, or before. */
export async function loadRun(demo: string) {
  const [{ DemoRun }, live] = await Promise.all([import('../../live/demo-run.ts'), loadDemo(demo)]);
  return { DemoRun, live };
}
