// What stands beside the wire in the demo about queues: the queue itself, the account of every
// message, and both programs.

import { CodeView } from '../../views/CodeView.tsx';
import { QueueLedgers } from '../../views/QueueLedgers.tsx';
import { QUEUE_WORDS } from '../../views/queue-marks.ts';
import type { ViewProps } from '../../views/view.ts';
import styles from './Extra.module.css';
import { CONSUMER_LISTING, QUEUE_LISTING } from './listings.ts';
import { CONSUMERS } from './live.ts';
import { QueuePicture } from './QueuePicture.tsx';
import { queueReading } from './queue-frames.ts';

export function Extra(view: ViewProps) {
  return (
    <div className={styles.extra}>
      <QueuePicture {...view} consumers={CONSUMERS} />
      <QueueLedgers {...view} {...NAMING} read={queueReading} />
      <div className={styles.programs}>
        <CodeView {...view} listing={QUEUE_LISTING} />
        <CodeView {...view} listing={CONSUMER_LISTING} />
      </div>
    </div>
  );
}

const NAMING = {
  words: QUEUE_WORDS,
  titleOf: (queue: string) => ({
    heading: `Queue “${queue}”`,
    label: `The account of the queue ${queue}`,
  }),
  rowsOf: (consumers: readonly string[]) => [
    'producer',
    'queue',
    ...consumers.map((name) => `consumer ${name}`),
  ],
};
