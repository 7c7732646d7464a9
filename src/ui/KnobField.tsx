// One setting with its label: a choice, a line of text or a number. Knows no demo.

import { useId } from 'react';
import styles from './KnobField.module.css';

interface Choice {
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

interface Text {
  readonly maxLength: number;
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
    <div className={styles.knob}>
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
