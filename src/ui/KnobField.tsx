// One setting with its label: a choice, a line of text or a number. Knows no demo.

import { useId } from 'react';
import styles from './KnobField.module.css';

interface Choice {
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

interface Text {
  readonly maxLength: number;
  readonly rows?: number;
  /** Texts to begin with; the name of one stands for it. */
  readonly samples?: Readonly<Record<string, { readonly label: string; readonly text: string }>>;
}

interface Numeric {
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

export type KnobSpec = (Choice | Text | Numeric) & {
  readonly label: string;
  readonly initial: string;
};

/** A slider with more steps than that cannot be set to the one that is meant. */
const MOST_STEPS = 400;

interface Props {
  readonly knob: KnobSpec;
  readonly value: string;
  onChange(value: string): void;
}

export function KnobField({ knob, value, onChange }: Props) {
  const id = useId();
  return (
    <div className={styles.knob} data-lines={'rows' in knob}>
      <label htmlFor={id}>{knob.label}</label>
      <Control id={id} knob={knob} value={value} onChange={onChange} />
    </div>
  );
}

function Control({ id, knob, value, onChange }: Props & { readonly id: string }) {
  if ('options' in knob) {
    return (
      <select id={id} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {knob.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    );
  }
  if ('maxLength' in knob) {
    if (knob.rows !== undefined) return <Lines {...{ id, knob, value, onChange }} />;
    return (
      <input
        id={id}
        type="text"
        maxLength={knob.maxLength}
        value={value}
        spellCheck={false}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    );
  }
  const { min, max, step, unit } = knob;
  if ((max - min) / step > MOST_STEPS) {
    return (
      <span className={styles.number}>
        <input
          id={id}
          type="number"
          {...{ min, max, value }}
          step="any"
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
        <span>{unit}</span>
      </span>
    );
  }
  return (
    <span className={styles.number}>
      <input
        id={id}
        type="range"
        {...{ min, max, step, value }}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <output htmlFor={id}>
        {value} {unit}
      </output>
    </span>
  );
}

/** Some lines of text, with others to begin with. */
function Lines({
  id,
  knob,
  value,
  onChange,
}: Props & { readonly id: string; readonly knob: Text }) {
  const samples = Object.entries(knob.samples ?? {});
  const text = knob.samples?.[value]?.text ?? value;
  const chosen = samples.find(([, sample]) => sample.text === text)?.[0] ?? '';
  return (
    <span className={styles.lines}>
      {samples.length > 0 ? (
        <select
          aria-label={`${knob.label}: begin with`}
          value={chosen}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        >
          {chosen === '' ? <option value="">your own text</option> : null}
          {samples.map(([name, { label }]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      ) : null}
      <textarea
        id={id}
        rows={knob.rows}
        maxLength={knob.maxLength}
        value={text}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </span>
  );
}
