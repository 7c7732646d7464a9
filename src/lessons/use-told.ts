// Who answers by key stands on a button that the answer then takes away. What is told in its place gets
// the focus, so that the next key goes on from there and not from the top of the page.

import { type RefObject, useLayoutEffect, useRef } from 'react';

/** For the element that stands where the button of a question was. */
export function useTold(isLocked: boolean): RefObject<HTMLDivElement | null> {
  const told = useRef<HTMLDivElement>(null);
  const wasLocked = useRef(isLocked);
  useLayoutEffect(() => {
    const isLost = document.activeElement === document.body;
    if (isLocked && !wasLocked.current && isLost) told.current?.focus({ preventScroll: true });
    wasLocked.current = isLocked;
  }, [isLocked]);
  return told;
}
