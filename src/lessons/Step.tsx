// One step: drawn only while it is the one on screen.

import { type ReactNode, useEffect, useRef } from 'react';
import { useLesson } from './lesson-context.ts';

interface Props {
  /** Unique within the lesson. */
  readonly title: string;
  readonly children: ReactNode;
}

export function Step({ title, children }: Props) {
  const { steps, step } = useLesson();
  return steps[step - 1] === title ? (
    <CurrentStep key={title} title={title} isFirst={step === 1}>
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
    <>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </>
  );
}
