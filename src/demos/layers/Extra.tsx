// The programs of the demo about layers, which know nothing of any layer below them.

import { CodeView } from '../../views/CodeView.tsx';
import type { ViewProps } from '../../views/view.ts';
import styles from './Extra.module.css';
import { CLIENT_LISTING, SERVER_LISTING } from './listings.ts';

export function Extra(view: ViewProps) {
  return (
    <div className={styles.programs}>
      <CodeView {...view} listing={CLIENT_LISTING} />
      <CodeView {...view} listing={SERVER_LISTING} />
    </div>
  );
}
