// A table in a lesson: it scrolls by itself where it is wider than the page, also by keyboard.

import type { ReactNode } from 'react';
import styles from './Table.module.css';

export function Table({ children }: { readonly children?: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by key.
    <section className={styles.scroll} tabIndex={0} aria-label="Table">
      <table>{children}</table>
    </section>
  );
}
