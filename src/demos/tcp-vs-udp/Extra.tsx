// What stands beside the two lanes: what became of each message, and what TCP's two ends hold meanwhile.

import { BothEnds } from '../../views/BothEnds.tsx';
import { MessageFates } from '../../views/MessageFates.tsx';
import type { ViewProps } from '../../views/view.ts';
import styles from './Extra.module.css';

export function Extra(view: ViewProps) {
  return (
    <div className={styles.extra}>
      <MessageFates {...view} />
      <section>
        <h3>The bytes of the TCP lane</h3>
        <BothEnds {...view} />
      </section>
    </div>
  );
}
