// A question with its answers, as native radio buttons. Knows not which is right.

import { useId } from 'react';
import styles from './Choices.module.css';
import type { OptionProps } from './Option.tsx';

interface Props {
  readonly question: string;
  readonly options: readonly OptionProps[];
  readonly value: string | undefined;
  readonly isLocked: boolean;
  onChange(value: string): void;
}

export function Choices({ question, options, value, isLocked, onChange }: Props) {
  const name = useId();
  return (
    <fieldset className={styles.choices} disabled={isLocked}>
      <legend>{question}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles.choice}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.children}</span>
        </label>
      ))}
    </fieldset>
  );
}
