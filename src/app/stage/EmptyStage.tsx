// The stage while there is nothing on the wire: what will happen, or what went wrong.

import type { ReactNode } from 'react';
import styles from './EmptyStage.module.css';

interface Props {
  /** Who speaks to the lab, where it is not the browser. */
  readonly speaker?: 'server' | undefined;
  readonly children: ReactNode;
}

export function EmptyStage({ speaker, children }: Props) {
  return (
    <div className={styles.empty}>
      <div className={styles.ends} aria-hidden="true">
        <span>{speaker ? 'Client on the server' : 'Your browser'}</span>
        <i />
        <span>Lab server</span>
      </div>
      <div role="status">{children}</div>
    </div>
  );
}
