// A page of text: its title in the window and on the sheet, and a readable measure.

import type { ReactNode } from 'react';
import styles from './Page.module.css';
import { useTitle } from './use-title.ts';

interface Props {
  readonly title: string;
  readonly lead?: ReactNode;
  /** `wide` for lists and cards, which need more than the measure of prose. */
  readonly width?: 'text' | 'wide';
  readonly children: ReactNode;
}

export function Page({ title, lead, width = 'text', children }: Props) {
  useTitle(title);
  return (
    <div className={styles.page} data-width={width}>
      <h1>{title}</h1>
      {lead ? <p className={styles.lead}>{lead}</p> : null}
      {children}
    </div>
  );
}
