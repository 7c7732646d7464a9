// Something to change and run again, once the step's predictions are locked in. Which settings there
// are is what the demo says.

import { type ReactNode, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { KnobField } from '../ui/KnobField.tsx';
import styles from './Change.module.css';
import { useLessonHost } from './host.ts';
import questionStyles from './Question.module.css';
import { useStepGate } from './step-gate.ts';
import { useKnobs } from './use-knobs.ts';

interface Props {
  readonly demo: string;
  /** Names of the demo's settings that may be changed here, separated by spaces; all if absent. */
  readonly knobs?: string;
  /** Settings to begin with, as in the demo's address. */
  readonly params?: string;
  /** What to try and what to look at. */
  readonly children: ReactNode;
}

export function Change({ demo, knobs, params = '', children }: Props) {
  const { rerun, run } = useLessonHost();
  const { isOpen } = useStepGate();
  const offered = useKnobs(demo, knobs);
  const [values, setValues] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(new URLSearchParams(params)),
  );
  const isRunning = run.status === 'running';
  return (
    <div className={questionStyles.question}>
      <p className={questionStyles.kind}>Change it and run it again</p>
      {children}
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
      <Button
        aria-disabled={!isOpen || isRunning}
        onClick={() => isOpen && !isRunning && rerun(demo, values)}
      >
        {isRunning && run.isChanged ? 'Running…' : 'Run it again'}
      </Button>
      <p className={questionStyles.hint} role="status">
        {words(isOpen, run)}
      </p>
    </div>
  );
}

function words(isOpen: boolean, run: ReturnType<typeof useLessonHost>['run']): string {
  if (!isOpen) return 'Lock in your prediction first.';
  if (!run.isChanged) return '';
  if (run.status === 'failed') return `The run stopped. ${run.failure ?? ''}`;
  return run.status === 'finished' ? 'The picture shows your changed run.' : 'Your changed run…';
}
