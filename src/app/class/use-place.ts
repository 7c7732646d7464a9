// The class of this tab, for whoever only wants to know whether there is one.

import { useSyncExternalStore } from 'react';
import { useLocation } from 'react-router';
import { currentPlace, justLeft, onPlace, type Place } from './place.ts';

export const usePlace = (): Place | undefined => useSyncExternalStore(onPlace, currentPlace);

export const useJustLeft = (): Place | undefined => useSyncExternalStore(onPlace, justLeft);

/** The console says everything itself, so it has no bar. */
export function useHasClassBar(): boolean {
  const place = usePlace();
  const left = useJustLeft();
  const { pathname } = useLocation();
  if (!place) return left !== undefined;
  return !(place.role === 'instructor' && pathname === `/teach/${place.code}`);
}
