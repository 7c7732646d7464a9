// One setting with its label: a choice, a line of text or a number. Knows no demo.

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
  return (
    <label className={styles.knob}>
      <span>{knob.label}</span>
      <Control knob={knob} value={value} onChange={onChange} />
    </label>
  );
}

function Control({ knob, value, onChange }: Props) {
  if ('options' in knob) {
    return (
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
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
        type="range"
        {...{ min, max, step, value }}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <output>
        {value} {unit}
      </output>
    </span>
  );
}
