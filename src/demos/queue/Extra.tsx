// What stands beside the wire in the demo about queues: the queue itself, the account of every
// message, and both programs.

import { CodeView } from '../../views/CodeView.tsx';
import type { ViewProps } from '../../views/view.ts';
import styles from './Extra.module.css';
import { CONSUMER_LISTING, QUEUE_LISTING } from './listings.ts';
import { CONSUMERS } from './live.ts';
import { QueueLedgers } from './QueueLedgers.tsx';
import { QueuePicture } from './QueuePicture.tsx';

export function Extra(view: ViewProps) {
  return (
    <div className={styles.extra}>
      <QueuePicture {...view} consumers={CONSUMERS} />
      <QueueLedgers {...view} />
      <div className={styles.programs}>
        <CodeView {...view} listing={QUEUE_LISTING} />
        <CodeView {...view} listing={CONSUMER_LISTING} />
      </div>
    </div>
  );
}
