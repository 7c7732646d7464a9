// What stands beside the packets: the message as far as it is put together, and what became of it.

import { MessageFates } from '../../views/MessageFates.tsx';
import type { ViewProps } from '../../views/view.ts';
import styles from './Assembly.module.css';
import { Assembly } from './Assembly.tsx';

export function Extra(view: ViewProps) {
  return (
    <div className={styles.extra}>
      <Assembly {...view} />
      <MessageFates {...view} />
    </div>
  );
}
