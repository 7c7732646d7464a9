// What a demo's page has to fetch first: the demo itself, and a published capture of it.

import { useEffect, useState } from 'react';
import type { Capture } from '../capture/capture.ts';
import type { Demo } from '../demos/demo.ts';
import { loadDemo } from './stage/use-demo-run.ts';

export interface Fetched<T> {
  readonly value?: T;
  /** What happened, for the reader; `retry` tries again. */
  readonly failure?: string;
  readonly isLoading: boolean;
  retry(): void;
}

export const useDemo = (id: string): Fetched<Demo> =>
  useFetched(id, loadDemo, 'This demo could not be loaded. Check that the server is running.');

export const usePublished = (hash: string | undefined): Fetched<Capture> =>
  useFetched(hash, loadMoment, undefined);

async function loadMoment(hash: string): Promise<Capture> {
  const { loadPublished } = await import('../live/recorded.ts').catch(() => {
    throw new Error(NO_SERVER);
  });
  return loadPublished(hash).catch((error: unknown) => {
    // What fetch itself throws is no sentence for anybody.
    throw error instanceof TypeError ? new Error(NO_SERVER) : error;
  });
}

const NO_SERVER = 'The recorded moment could not be loaded: the server does not answer.';

/** Nothing is fetched without a key. `failure` replaces what the error says. */
function useFetched<T>(
  key: string | undefined,
  load: (key: string) => Promise<T>,
  failure: string | undefined,
): Fetched<T> {
  const [tries, setTries] = useState(0);
  const [got, setGot] = useState<{ key: string; value?: T; failure?: string }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is the same work again
  useEffect(() => {
    let isCurrent = true;
    setGot(undefined);
    if (key === undefined) return;
    load(key).then(
      (value) => isCurrent && setGot({ key, value }),
      (error: Error) => isCurrent && setGot({ key, failure: failure ?? error.message }),
    );
    return () => {
      isCurrent = false;
    };
  }, [key, load, failure, tries]);
  const current = got?.key === key ? got : undefined;
  return {
    ...(current?.value === undefined ? {} : { value: current.value }),
    ...(current?.failure === undefined ? {} : { failure: current.failure }),
    isLoading: key !== undefined && current === undefined,
    retry: () => setTries(tries + 1),
  };
}
