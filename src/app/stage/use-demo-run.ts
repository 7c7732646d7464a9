// The run that a page shows, live or simulated, started and replaced by the learner; one at a time.

import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { type Demo, fitParams, isSimulated } from '../../demos/demo.ts';
import { DEMOS } from '../../demos/index.ts';
import type { DemoSnapshot } from '../../live/demo-run.ts';
import type { StageableRun } from './stageable-run.ts';

export interface CurrentRun extends DemoSnapshot {
  readonly demo: string;
  readonly params: Readonly<Record<string, string>>;
  readonly run: StageableRun | undefined;
}

type Params = Readonly<Record<string, string>>;

interface Held {
  readonly demo: string;
  readonly run: StageableRun | undefined;
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
  const latest = useRef<StageableRun>(undefined);
  const snapshot = useSyncExternalStore<DemoSnapshot | undefined>(
    held?.run?.subscribe ?? NOBODY,
    held?.run?.snapshot ?? NOTHING,
  );
  useEffect(() => () => latest.current?.close(), []);
  const start = useCallback((demo: string, params: Readonly<Record<string, string>>) => {
    setHeld({ demo, run: undefined, params, isLoading: true });
    void loadRun(demo).then(
      (begin) => {
        latest.current?.close();
        latest.current = begin(params);
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
export async function loadDemo(id: string): Promise<Demo> {
  const demo = await DEMOS.get(id)?.();
  if (!demo) throw new Error(`there is no demo "${id}"`);
  return demo;
}

/**
 * What begins a run. The socket, the faults and the demo are no part of the reading path: they load with the first
 * run, or before; a simulated demo never loads the socket.
 */
export async function loadRun(id: string): Promise<(params: Params) => StageableRun> {
  const demo = await loadDemo(id);
  if (isSimulated(demo)) {
    const { SimulatedRun } = await import('./simulated-run.ts');
    return (params) => {
      const run = new SimulatedRun(id, demo, fitParams(demo, params));
      // Who asks for a run by a button has asked for the kernel's too.
      if (params.beside === 'now') run.observe();
      return run;
    };
  }
  const [{ DemoRun }, { readLearnerScript }] = await Promise.all([
    import('../../live/demo-run.ts'),
    import('../link/learner-script.ts'),
  ]);
  return (params) =>
    new DemoRun(demo, fitParams(demo, params), readLearnerScript(params.link).script);
}
