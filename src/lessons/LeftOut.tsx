// What a lesson simplified, said openly.

import type { ReactNode } from 'react';
import styles from './LeftOut.module.css';

export function LeftOut({ children }: { readonly children: ReactNode }) {
  return (
    <details className={styles.leftOut}>
      <summary>What we left out</summary>
      {children}
    </details>
  );
}
