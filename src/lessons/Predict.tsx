// A prediction: locked in before anything plays, kept, and graded by the learner's own capture.

import { type ReactNode, useEffect, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { Choices } from './Choices.tsx';
import { GRADERS, type Grade } from './graders.ts';
import { useLessonHost } from './host.ts';
import { useLesson } from './lesson-context.ts';
import type { OptionProps } from './Option.tsx';
import { optionsOf } from './options-of.ts';
import styles from './Question.module.css';

interface Props {
  /** Unique within the lesson: the answer is kept under it. */
  readonly id: string;
  readonly question: string;
  /** Name of the grader in `graders.ts`. */
  readonly grade: string;
  readonly children: ReactNode;
}

export function Predict({ id, question, grade, children }: Props) {
  const { answers, answer } = useLesson();
  const { release } = useLessonHost();
  const locked = answers[id];
  const [chosen, setChosen] = useState(locked);
  const options = optionsOf(children);
  // Who comes back to an answered question has nothing left to give away.
  const wasLocked = useState(locked !== undefined)[0];
  useEffect(() => {
    if (wasLocked) release();
  }, [wasLocked, release]);
  const lockIn = () => {
    if (chosen === undefined) return;
    answer(id, chosen);
    release();
  };
  return (
    <div className={styles.question}>
      <p className={styles.kind}>Predict first</p>
      <Choices
        question={question}
        options={options}
        value={locked ?? chosen}
        isLocked={locked !== undefined}
        onChange={setChosen}
      />
      {locked === undefined ? (
        <>
          <Button kind="primary" aria-disabled={chosen === undefined} onClick={lockIn}>
            Lock in and watch
          </Button>
          <p className={styles.hint}>
            {chosen === undefined ? 'Choose one first. A wrong guess teaches more than none.' : ''}
          </p>
        </>
      ) : (
        <Outcome grade={grade} locked={locked} options={options} />
      )}
    </div>
  );
}

interface OutcomeProps {
  readonly grade: string;
  readonly locked: string;
  readonly options: readonly OptionProps[];
}

function Outcome({ grade, locked, options }: OutcomeProps) {
  const { run, point } = useLessonHost();
  const graded = run.capture && GRADERS[grade]?.(run.capture);
  const said = options.find(({ value }) => value === locked);
  if (run.status === 'failed' && !graded) {
    return (
      <p className={styles.outcome}>
        Nothing was graded, because the run did not finish. {run.failure}
      </p>
    );
  }
  if (!graded)
    return (
      <p className={styles.outcome} role="status">
        The wire is still deciding…
      </p>
    );
  return (
    <div className={styles.outcome} role="status">
      <p>
        You said “{said?.children}”. The wire shows {graded.sentence}.{' '}
        <strong>{verdict(graded, locked)}</strong>
      </p>
      <p>{said?.because}</p>
      {graded.evidence ? (
        <Button onClick={() => graded.evidence && point(graded.evidence)}>Show me the frame</Button>
      ) : null}
    </div>
  );
}

const verdict = ({ answer }: Grade, locked: string): string =>
  answer === locked ? 'Your prediction holds.' : 'Your prediction does not hold.';
