// A value that changes less often while it plays: nobody can read a tree of fields that changes ten
// times a second, and drawing it takes long. Knows no view.

import { startTransition, useEffect, useRef, useState } from 'react';

/** `value` itself when `isFast` is false; otherwise the last one, renewed at most every `ms`. */
export function usePaced<T>(value: T, isFast: boolean, ms: number): T {
  const [paced, setPaced] = useState(value);
  const renewedAt = useRef(0);
  useEffect(() => {
    const wait = isFast ? Math.max(0, renewedAt.current + ms - performance.now()) : 0;
    const timer = setTimeout(() => {
      renewedAt.current = performance.now();
      startTransition(() => setPaced(value));
    }, wait);
    return () => clearTimeout(timer);
  }, [value, isFast, ms]);
  return isFast ? paced : value;
}
