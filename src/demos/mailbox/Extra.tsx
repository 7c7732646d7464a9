// What stands beside the wire in the demo about a mailbox: what Ada has read, the account of every letter,
// and both programs.

import { CodeView } from '../../views/CodeView.tsx';
import { QueueLedgers } from '../../views/QueueLedgers.tsx';
import { Screens } from '../../views/Screens.tsx';
import type { ViewProps } from '../../views/view.ts';
import styles from './Extra.module.css';
import { CLIENT_LISTING, SERVER_LISTING } from './listings.ts';
import { CLIENTS } from './live.ts';
import { mailboxReading } from './mailbox-frames.ts';
import { MAILBOX_WORDS } from './mailbox-words.ts';

export function Extra(view: ViewProps) {
  return (
    <div className={styles.extra}>
      <Screens {...view} clients={CLIENTS} />
      <QueueLedgers {...view} {...NAMING} read={mailboxReading} />
      <div className={styles.programs}>
        <CodeView {...view} listing={CLIENT_LISTING} />
        <CodeView {...view} listing={SERVER_LISTING} />
      </div>
    </div>
  );
}

const NAMING = {
  words: MAILBOX_WORDS,
  titleOf: (owner: string) => ({
    heading: `${owner}’s mailbox`,
    label: `The account of ${owner}’s mailbox`,
  }),
  rowsOf: (owners: readonly string[]) => [MAILBOX_WORDS.producer, 'mailbox', ...owners],
};
