// One step: drawn only while it is the one on screen. Its picture goes on when all its predictions
// are locked in.

import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLessonHost } from './host.ts';
import { useLesson } from './lesson-context.ts';
import { StepGateContext } from './step-gate.ts';

interface Props {
  /** Unique within the lesson. */
  readonly title: string;
  readonly children: ReactNode;
}

export function Step({ title, children }: Props) {
  const { steps, step, hasMoved } = useLesson();
  return steps[step - 1] === title ? (
    <CurrentStep key={title} title={title} isFirst={step === 1 && !hasMoved}>
      {children}
    </CurrentStep>
  ) : null;
}

function CurrentStep({ title, isFirst, children }: Props & { readonly isFirst: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  // Who goes on by keyboard or screen reader goes on from the new step's title.
  useEffect(() => {
    if (!isFirst) heading.current?.focus({ preventScroll: true });
  }, [isFirst]);
  return (
    <StepGateContext value={useGate()}>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </StepGateContext>
  );
}

/** Releases the picture once when the last prediction is locked in, or at once where all were before. */
function useGate() {
  const { answers } = useLesson();
  const { release } = useLessonHost();
  const [ids, setIds] = useState<readonly string[]>([]);
  const register = useCallback((id: string) => {
    setIds((before) => [...before, id]);
    return () => setIds((before) => before.filter((one) => one !== id));
  }, []);
  const isOpen = ids.every((id) => answers[id] !== undefined);
  const goesOn = ids.length > 0 && isOpen;
  useEffect(() => {
    if (goesOn) release();
  }, [goesOn, release]);
  return useMemo(() => ({ isOpen, register }), [isOpen, register]);
}
