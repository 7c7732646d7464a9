// What a prediction would be given away by: told once the step's predictions are locked in.

import type { ReactNode } from 'react';
import styles from './Question.module.css';
import { useStepGate } from './step-gate.ts';

export function Explain({ children }: { readonly children: ReactNode }) {
  const { isOpen } = useStepGate();
  if (isOpen) return children;
  return <p className={styles.hint}>What it means is told after your prediction.</p>;
}
