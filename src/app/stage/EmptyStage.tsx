// The stage while there is nothing on the wire: what will happen, or what went wrong.

import type { ReactNode } from 'react';
import styles from './EmptyStage.module.css';

export function EmptyStage({ children }: { readonly children: ReactNode }) {
  return (
    <div className={styles.empty}>
      <div className={styles.ends} aria-hidden="true">
        <span>Your browser</span>
        <i />
        <span>Lab server</span>
      </div>
      <div role="status">{children}</div>
    </div>
  );
}
