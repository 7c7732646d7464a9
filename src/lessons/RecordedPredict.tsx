// A prediction about a capture that was recorded earlier: once it is locked in, the recording answers it and
// stands below, packet by packet. The stage beside the step has no part in it.

import { useEffect, useState } from 'react';
import type { Capture } from '../capture/capture.ts';
import { Button } from '../ui/Button.tsx';
import { Choices } from './Choices.tsx';
import type { Grade } from './grade.ts';
import { useLessonHost } from './host.ts';
import { useLesson } from './lesson-context.ts';
import type { OptionProps } from './Option.tsx';
import styles from './Question.module.css';
import { quoted } from './quoted.ts';
import { useTold } from './use-told.ts';

interface Props {
  readonly id: string;
  readonly question: string;
  readonly grade: string;
  /** The recording's name. */
  readonly recording: string;
  readonly options: readonly OptionProps[];
}

export function RecordedPredict({ id, question, grade, recording, options }: Props) {
  const { answers, answer } = useLesson();
  const { Packets } = useLessonHost();
  const locked = answers[id];
  const [chosen, setChosen] = useState(locked);
  const told = useTold(locked !== undefined);
  const { capture, failure } = useRecording(recording);
  const graded = useGrade(grade, locked === undefined ? undefined : capture);
  return (
    <div className={styles.question}>
      <p className={styles.kind}>Predict first, about a recorded connection</p>
      <Choices
        question={question}
        options={options}
        value={locked ?? chosen}
        isLocked={locked !== undefined}
        onChange={setChosen}
      />
      {locked === undefined ? (
        <Button
          kind="primary"
          aria-disabled={chosen === undefined}
          onClick={() => chosen !== undefined && answer(id, chosen)}
        >
          Lock in and look
        </Button>
      ) : (
        <div className={styles.outcome}>
          <div ref={told} tabIndex={-1} role="status">
            {graded ? (
              <Verdict graded={graded} said={options.find(({ value }) => value === locked)} />
            ) : (
              <p>{failure ?? 'Opening the recording…'}</p>
            )}
          </div>
          {capture && graded ? <Packets capture={capture} start={graded.evidence} /> : null}
        </div>
      )}
    </div>
  );
}

function Verdict({
  graded,
  said,
}: {
  readonly graded: Grade;
  readonly said?: OptionProps | undefined;
}) {
  const holds = graded.answer === said?.value;
  return (
    <>
      <p>
        You said {quoted(said?.children)}. The recording shows {graded.sentence}.{' '}
        <strong>Your prediction {holds ? 'holds' : 'does not hold'}.</strong>
      </p>
      <p>{said?.because}</p>
    </>
  );
}

/** Fetched with the step, while the server still answers. */
function useRecording(name: string) {
  const { recording } = useLessonHost();
  const [state, setState] = useState<{ capture?: Capture; failure?: string }>({});
  useEffect(() => {
    let isCurrent = true;
    recording(name).then(
      (capture) => isCurrent && setState({ capture }),
      (error: unknown) => isCurrent && setState({ failure: String((error as Error).message) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [recording, name]);
  return state;
}

/** Graders read captures, so they load when they are needed. */
function useGrade(name: string, capture: Capture | undefined): Grade | undefined {
  const [graded, setGraded] = useState<Grade>();
  useEffect(() => {
    if (!capture) return;
    void import('./graders.ts').then(({ GRADERS }) => setGraded(GRADERS[name]?.(capture)));
  }, [name, capture]);
  return graded;
}
