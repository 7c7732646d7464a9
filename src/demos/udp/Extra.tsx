// What stands beside the packets: what became of each reading, and in the end whether the protocol was
// good enough.

import { messageFates } from '../../capture/message-fates.ts';
import { MessageFates } from '../../views/MessageFates.tsx';
import { useFlying } from '../../views/use-flying.ts';
import type { ViewProps } from '../../views/view.ts';
import styles from './Extra.module.css';
import { verdictOf } from './verdict.ts';

export function Extra(view: ViewProps) {
  const { capture } = view;
  const at = useFlying(view, (now) => (now >= capture.endAt ? 1 : 0));
  const verdict = at >= capture.endAt ? verdictOf(messageFates(capture)) : undefined;
  return (
    <div className={styles.extra}>
      <MessageFates {...view} />
      <p className={styles.verdict} role="status" data-good={verdict?.isGood}>
        {verdict?.sentence}
      </p>
    </div>
  );
}
