// While a capture plays its views follow one after another, each in a frame of the screen of its own,
// so that no frame has to wait for all of them. At rest everything is exact at once.

import { useEffect, useRef, useState } from 'react';

const waiting = new Set<() => void>();
let request = 0;

function next(): void {
  const [first] = waiting;
  if (first) waiting.delete(first);
  request = waiting.size > 0 ? requestAnimationFrame(next) : 0;
  first?.();
}

/** Calls `step` once, in a frame of its own, after those that asked before. */
export function askTurn(step: () => void): void {
  waiting.add(step);
  if (request === 0) request = requestAnimationFrame(next);
}

export function leaveTurn(step: () => void): void {
  waiting.delete(step);
}

/** `value`; while it plays, some frames of the screen late. */
export function useInTurn<T>(value: T, isPlaying: boolean): T {
  const [shown, setShown] = useState({ value, isPlaying });
  // While rendering, so that nothing old is drawn when it stops, and nothing older when it starts.
  if (shown.isPlaying !== isPlaying || (!isPlaying && shown.value !== value)) {
    setShown({ value, isPlaying });
  }
  const latest = useRef(value);
  // Whoever waits keeps the place and takes the newest: values that come fast push nobody back.
  const step = useRef(() =>
    setShown((old) => (old.isPlaying ? { value: latest.current, isPlaying: true } : old)),
  );
  useEffect(() => {
    latest.current = value;
    if (isPlaying) askTurn(step.current);
  }, [value, isPlaying]);
  useEffect(() => {
    const mine = step.current;
    return () => leaveTurn(mine);
  }, []);
  return isPlaying && shown.isPlaying ? shown.value : value;
}
