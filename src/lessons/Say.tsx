// Saying in one's own words what happened, then comparing with a good answer. Grades nothing: the
// learner does.

import { type ReactNode, useId, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { useLesson } from './lesson-context.ts';
import questionStyles from './Question.module.css';
import styles from './Say.module.css';

interface Props {
  /** Unique within the lesson: the words are kept under it. */
  readonly id: string;
  readonly prompt: string;
  /** A good answer, shown only after the learner's own. */
  readonly children: ReactNode;
}

const MOST = 600;

export function Say({ id, prompt, children }: Props) {
  const { answers, answer } = useLesson();
  const field = useId();
  const said = answers[id];
  const [text, setText] = useState(said ?? '');
  const [isOpen, setOpen] = useState(said === undefined);
  const words = text.trim();
  const compare = () => {
    if (words === '') return;
    answer(id, words);
    setOpen(false);
  };
  return (
    <div className={questionStyles.question}>
      <p className={questionStyles.kind}>Say what happened</p>
      <label className={styles.prompt} htmlFor={field}>
        {prompt}
      </label>
      <textarea
        id={field}
        className={styles.words}
        rows={3}
        maxLength={MOST}
        value={text}
        readOnly={!isOpen}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      {isOpen ? (
        <>
          <Button aria-disabled={words === ''} onClick={compare}>
            Compare
          </Button>
          <p className={questionStyles.hint}>
            {words === '' ? 'A line is enough. It stays in this browser.' : ''}
          </p>
        </>
      ) : (
        <div className={questionStyles.outcome} role="status">
          <p>
            <strong>A good answer:</strong>
          </p>
          {children}
          <p>Does yours say the same? What did one of the two leave out?</p>
          <Button onClick={() => setOpen(true)}>Change my words</Button>
        </div>
      )}
    </div>
  );
}
