// A question with a known answer. Every choice is explained, the wrong ones too.

import { type ReactNode, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { Choices } from './Choices.tsx';
import { useLesson } from './lesson-context.ts';
import { optionsOf } from './options-of.ts';
import styles from './Question.module.css';
import { useTold } from './use-told.ts';

interface Props {
  readonly id: string;
  readonly question: string;
  /** What stands above it: `Warm-up`, `Check yourself`, `Exit`. */
  readonly kind?: string;
  /** The misconception that it tests, before the frames are seen or after. */
  readonly before?: string;
  readonly after?: string;
  readonly children: ReactNode;
}

export function Quiz({ id, question, kind = 'Check yourself', children }: Props) {
  const { answers, answer } = useLesson();
  const locked = answers[id];
  const [chosen, setChosen] = useState(locked);
  const options = optionsOf(children);
  const said = options.find(({ value }) => value === locked);
  const told = useTold(said !== undefined);
  const right = options.find(({ correct }) => correct);
  return (
    <div className={styles.question}>
      <p className={styles.kind}>{kind}</p>
      <Choices
        question={question}
        options={options}
        value={locked ?? chosen}
        isLocked={locked !== undefined}
        onChange={setChosen}
      />
      {said ? (
        <div ref={told} tabIndex={-1} className={styles.outcome} role="status">
          <p>
            <strong>{said.correct ? 'Right.' : 'Not quite.'}</strong> {said.because}
          </p>
          {said.correct || !right ? null : (
            <p>
              Better: “{right.children}”. {right.because}
            </p>
          )}
        </div>
      ) : (
        <Button aria-disabled={chosen === undefined} onClick={() => chosen && answer(id, chosen)}>
          Check
        </Button>
      )}
    </div>
  );
}
