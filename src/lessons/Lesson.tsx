// A lesson at one step: where the learner is, the step itself, and the way on. Knows no stage.

import { type ComponentType, useCallback, useMemo, useState } from 'react';
import { Link } from 'react-router';
import { Button } from '../ui/Button.tsx';
import { LESSON_WORDS } from './index.ts';
import styles from './Lesson.module.css';
import { LessonContext, type LessonState } from './lesson-context.ts';
import { readProgress, writeProgress } from './progress.ts';

interface Props {
  readonly slug: string;
  readonly number: number;
  readonly steps: readonly string[];
  readonly content: ComponentType<{ components?: Readonly<Record<string, unknown>> }>;
  /** From 1. */
  readonly step: number;
  /** Where to go on behind the last step; absent in a class. */
  readonly next?: { readonly to: string; readonly title: string } | undefined;
  onStep(step: number): void;
}

export function Lesson(props: Props) {
  const { slug, number, steps, content: Content, step, next: onwards, onStep } = props;
  const [answers, setAnswers] = useState(() => readProgress(slug).answers);
  const answer = useCallback(
    (id: string, value: string) =>
      setAnswers((before) => {
        const after = { ...before, [id]: value };
        writeProgress(slug, { step, answers: after });
        return after;
      }),
    [slug, step],
  );
  const [began] = useState(step);
  const [hasMoved, setMoved] = useState(false);
  if (!hasMoved && step !== began) setMoved(true);
  const state = useMemo<LessonState>(
    () => ({ steps, step, hasMoved, answers, answer }),
    [steps, step, hasMoved, answers, answer],
  );
  const goTo = (next: number) => {
    writeProgress(slug, { step: next, answers });
    onStep(next);
  };
  return (
    <LessonContext.Provider value={state}>
      <div className={styles.lesson}>
        <p className={styles.place}>
          Lesson {number} · Step {step} of {steps.length}
          <span className={styles.bars} aria-hidden="true">
            {steps.map((title, i) => (
              <i key={title} data-done={i < step} />
            ))}
          </span>
        </p>
        <Content components={LESSON_WORDS} />
        <nav className={styles.ways} aria-label="Steps">
          <Button disabled={step === 1} onClick={() => goTo(step - 1)}>
            Back
          </Button>
          <Button kind="primary" disabled={step === steps.length} onClick={() => goTo(step + 1)}>
            {step === steps.length ? 'This is the last step' : `Next: ${steps[step]}`}
          </Button>
        </nav>
        {onwards && step === steps.length ? (
          <p className={styles.onwards}>
            Go on with <Link to={onwards.to}>{onwards.title}</Link>
          </p>
        ) : null}
      </div>
    </LessonContext.Provider>
  );
}
