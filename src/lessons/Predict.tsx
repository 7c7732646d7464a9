// A prediction: locked in before anything plays, kept, and graded by the learner's own capture.

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { Choices } from './Choices.tsx';
import type { Grade, Grader } from './grade.ts';
import { useLessonHost } from './host.ts';
import { useLesson } from './lesson-context.ts';
import type { OptionProps } from './Option.tsx';
import { optionsOf } from './options-of.ts';
import styles from './Question.module.css';
import { quoted } from './quoted.ts';
import { RecordedPredict } from './RecordedPredict.tsx';
import { usePrediction } from './step-gate.ts';
import { useTold } from './use-told.ts';

interface Props {
  /** Unique within the lesson: the answer is kept under it. */
  readonly id: string;
  readonly question: string;
  /** Name of the grader in `graders.ts`. */
  readonly grade: string;
  /** The misconception that it tests before the frames are seen, and that they refute. */
  readonly before?: string;
  readonly refutes?: string;
  /** Name of a recorded connection that answers it, in place of the step's run. */
  readonly recording?: string;
  readonly children: ReactNode;
}

export function Predict({ children, recording, ...asked }: Props) {
  const options = optionsOf(children);
  if (recording !== undefined) return <RecordedPredict {...asked} {...{ recording, options }} />;
  return <RunPredict {...asked} options={options} />;
}

type Asked = Pick<Props, 'id' | 'question' | 'grade'> & {
  readonly options: readonly OptionProps[];
};

function RunPredict({ id, question, grade, options }: Asked) {
  const { answers, answer } = useLesson();
  const { isOpen } = usePrediction(id);
  const locked = answers[id];
  const [chosen, setChosen] = useState(locked);
  const told = useTold(locked !== undefined);
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
          <Button
            kind="primary"
            aria-disabled={chosen === undefined}
            onClick={() => chosen !== undefined && answer(id, chosen)}
          >
            Lock in and watch
          </Button>
          <p className={styles.hint}>
            {chosen === undefined ? 'Choose one first. A wrong guess teaches more than none.' : ''}
          </p>
        </>
      ) : (
        // One element through all that it says, so that the focus stays in it.
        <div ref={told} tabIndex={-1} className={styles.outcome} role="status">
          <Outcome grade={grade} locked={locked} options={options} isOpen={isOpen} />
        </div>
      )}
    </div>
  );
}

interface OutcomeProps {
  readonly grade: string;
  readonly locked: string;
  readonly options: readonly OptionProps[];
  readonly isOpen: boolean;
}

function Outcome({ grade, locked, options, isOpen }: OutcomeProps) {
  const { run, point } = useLessonHost();
  const { graded, isLooking } = useGrade(grade, isOpen);
  const said = options.find(({ value }) => value === locked);
  if (!isOpen) {
    return <p>Locked in. Answer the other prediction of this step, and the picture goes on.</p>;
  }
  if (run.status === 'failed' && !graded) {
    return <p>Nothing was graded, because the run did not finish. {run.failure}</p>;
  }
  if (!graded && isLooking) return <p>The wire is still deciding…</p>;
  if (!graded) {
    return <p>The run is over, and it does not tell. Load this page again to run it once more.</p>;
  }
  const { evidence } = graded;
  return (
    <>
      <p>
        You said {quoted(said?.children)}.{' '}
        {graded.isKnownByEnds ? 'The model of both ends' : 'The wire'} shows {graded.sentence}.{' '}
        <strong>{verdict(graded, locked)}</strong>
      </p>
      <p>{said?.because}</p>
      {evidence && !run.isChanged ? (
        <Button onClick={() => point(evidence)}>Show me the frame</Button>
      ) : null}
    </>
  );
}

/** By the run that was asked about. What the learner changes and runs afterwards grades nothing. */
function useGrade(
  grade: string,
  isOpen: boolean,
): { readonly graded: Grade | undefined; readonly isLooking: boolean } {
  const { run } = useLessonHost();
  const graders = useGraders(isOpen);
  const kept = useRef<Grade>(undefined);
  if (graders && !run.isChanged && run.capture) kept.current = graders[grade]?.(run.capture);
  return { graded: kept.current, isLooking: !graders || run.status !== 'finished' };
}

/** They read captures, so they are no part of what must be there to read the lesson. */
function useGraders(isWanted: boolean): Readonly<Record<string, Grader>> | undefined {
  const [graders, setGraders] = useState<Readonly<Record<string, Grader>>>();
  useEffect(() => {
    if (isWanted) void import('./graders.ts').then((module) => setGraders(module.GRADERS));
  }, [isWanted]);
  return isWanted ? graders : undefined;
}

const verdict = ({ answer }: Grade, locked: string): string =>
  answer === locked ? 'Your prediction holds.' : 'Your prediction does not hold.';
