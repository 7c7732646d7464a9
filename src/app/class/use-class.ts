// The class that a page follows, as long as it is on screen.

import { useEffect, useState, useSyncExternalStore } from 'react';
import { type ClassIdentity, type ClassState, ClassStore } from '../../live/class-store.ts';

const NOBODY = (): (() => void) => () => undefined;
const NOTHING = (): undefined => undefined;

/** Nothing until the store is there. `identity` is read once. */
export function useClass(
  code: string,
  identity: ClassIdentity | undefined,
): ClassState | undefined {
  const [store, setStore] = useState<ClassStore>();
  const [as] = useState(identity);
  useEffect(() => {
    const opened = new ClassStore(code, as);
    setStore(opened);
    return () => opened.close();
  }, [code, as]);
  return useSyncExternalStore<ClassState | undefined>(
    store?.subscribe ?? NOBODY,
    store?.state ?? NOTHING,
  );
}
