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
