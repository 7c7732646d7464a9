// A prediction in numbers: the learner chooses an outage and a strategy, says what the ledger will count,
// runs it, and the run's own ledger grades each number.

import { useEffect, useRef, useState } from 'react';
import type { Capture } from '../capture/capture.ts';
import { Button } from '../ui/Button.tsx';
import { KnobField } from '../ui/KnobField.tsx';
import styles from './Change.module.css';
import { type StageRun, useLessonHost } from './host.ts';
import type { countOf } from './ledger-count.ts';
import { useLesson } from './lesson-context.ts';
import questionStyles from './Question.module.css';
import { useStepGate } from './step-gate.ts';
import { useKnobs } from './use-knobs.ts';

interface Props {
  /** Unique within the lesson: the guess is kept under it. */
  readonly id: string;
  readonly demo: string;
  readonly knobs?: string;
  readonly params?: string;
}

type Counted = ReturnType<typeof countOf>;

const FIGURES = [
  { key: 'delivered', label: 'delivered' },
  { key: 'lost', label: 'lost' },
  { key: 'duplicated', label: 'handled once more' },
] as const satisfies readonly { key: keyof Counted['news']; label: string }[];

const DIRECTIONS = [
  { key: 'news', label: 'From the server to you' },
  { key: 'reports', label: 'From you to the server' },
] as const;

type Guess = Readonly<Record<string, string>>;

export function PredictLedger({ id, demo, knobs, params = '' }: Props) {
  const { answers, answer } = useLesson();
  const { rerun, run } = useLessonHost();
  const { isOpen } = useStepGate();
  const offered = useKnobs(demo, knobs);
  const [values, setValues] = useState<Guess>(() =>
    Object.fromEntries(new URLSearchParams(params)),
  );
  const [guess, setGuess] = useState<Guess>(() => parsed(answers[id]));
  const locked = useRef<Guess>(undefined);
  const isRunning = run.status === 'running';
  const mayRun = isOpen && !isRunning && Object.values(guess).some((number) => number !== '');
  const start = (): void => {
    if (!mayRun) return;
    answer(id, JSON.stringify(guess));
    locked.current = guess;
    rerun(demo, values);
  };
  return (
    <div className={questionStyles.question}>
      <p className={questionStyles.kind}>Choose, predict the account, and run it</p>
      <div className={styles.knobs}>
        {offered.map((knob) => (
          <KnobField
            key={knob.name}
            knob={knob}
            value={values[knob.name] ?? knob.initial}
            onChange={(value) => setValues({ ...values, [knob.name]: value })}
          />
        ))}
      </div>
      {DIRECTIONS.map(({ key, label }) => (
        <fieldset key={key} className={styles.guess} disabled={isRunning}>
          <legend>{label}</legend>
          {FIGURES.map((figure) => (
            <NumberField
              key={figure.key}
              label={figure.label}
              value={guess[`${key} ${figure.key}`] ?? ''}
              onChange={(value) => setGuess({ ...guess, [`${key} ${figure.key}`]: value })}
            />
          ))}
        </fieldset>
      ))}
      <Button kind="primary" aria-disabled={!mayRun} onClick={start}>
        {isRunning && run.isChanged ? 'Running…' : 'Lock in and run'}
      </Button>
      <Verdict guess={locked.current} run={run} isOpen={isOpen} />
    </div>
  );
}

interface NumberProps {
  readonly label: string;
  readonly value: string;
  onChange(value: string): void;
}

const NumberField = ({ label, value, onChange }: NumberProps) => (
  <label>
    <span>{label}</span>
    <input
      type="number"
      inputMode="numeric"
      min={0}
      max={999}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  </label>
);

interface VerdictProps {
  readonly guess: Guess | undefined;
  readonly run: StageRun;
  readonly isOpen: boolean;
}

function Verdict({ guess, run, isOpen }: VerdictProps) {
  const finished = run.isChanged && run.status === 'finished' ? run.capture : undefined;
  const counted = useCounted(finished);
  return (
    <div className={questionStyles.outcome} role="status">
      {!isOpen ? <p>Lock in the prediction above first.</p> : null}
      {run.isChanged && run.status === 'failed' ? <p>The run stopped. {run.failure}</p> : null}
      {run.isChanged && run.status === 'running' ? <p>The ledger is still counting…</p> : null}
      {guess && counted ? (
        <ul>
          {DIRECTIONS.flatMap(({ key, label }) =>
            FIGURES.map((figure) => {
              const name = `${key} ${figure.key}`;
              return guess[name] ? (
                <li key={name}>
                  {label}, {figure.label}: you said {guess[name]}, the ledger counts{' '}
                  {counted[key][figure.key]}.{' '}
                  <strong>
                    {Number(guess[name]) === counted[key][figure.key]
                      ? 'It holds.'
                      : 'It does not.'}
                  </strong>
                </li>
              ) : null;
            }),
          )}
        </ul>
      ) : null}
    </div>
  );
}

/** The figures of the run, once what counts them is there. */
function useCounted(capture: Capture | undefined): Counted | undefined {
  const [state, setState] = useState<{ readonly of: Capture; readonly counted: Counted }>();
  useEffect(() => {
    if (!capture) return;
    void import('./ledger-count.ts').then((module) =>
      setState({ of: capture, counted: module.countOf(capture) }),
    );
  }, [capture]);
  return state && state.of === capture ? state.counted : undefined;
}

function parsed(text: string | undefined): Guess {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Guess) : {};
  } catch {
    return {};
  }
}
