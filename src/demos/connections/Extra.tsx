// What stands beside the wire in the demo about connections: the four values of each, what every
// client shows, and both programs.

import { CodeView } from '../../views/CodeView.tsx';
import { FourTuples } from '../../views/FourTuples.tsx';
import type { ViewProps } from '../../views/view.ts';
import styles from './Extra.module.css';
import { CLIENT_LISTING, SERVER_LISTING } from './listings.ts';

export function Extra(view: ViewProps) {
  return (
    <div className={styles.extra}>
      <FourTuples {...view} />
      <div className={styles.programs}>
        <CodeView {...view} listing={CLIENT_LISTING} />
        <CodeView {...view} listing={SERVER_LISTING} />
      </div>
    </div>
  );
}
