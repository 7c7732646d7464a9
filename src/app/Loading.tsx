// What stands on the page while a part of it is on its way.

import styles from './Loading.module.css';

export function Loading() {
  return (
    <p className={styles.loading} role="status">
      Loading…
    </p>
  );
}
