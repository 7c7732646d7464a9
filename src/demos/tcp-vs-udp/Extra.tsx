// What stands beside the two lanes: where a kernel's run differs, what became of each message, and what
// TCP's two ends hold meanwhile.

import { useMemo } from 'react';
import { BothEnds } from '../../views/BothEnds.tsx';
import { Differences } from '../../views/Differences.tsx';
import { MessageFates } from '../../views/MessageFates.tsx';
import type { ViewProps } from '../../views/view.ts';
import { comparisonsOf } from '../comparison.ts';
import styles from './Extra.module.css';

export function Extra(view: ViewProps) {
  const { capture, playhead } = view;
  const comparisons = useMemo(() => comparisonsOf(capture), [capture]);
  return (
    <div className={styles.extra}>
      <Differences comparisons={comparisons} isOver={playhead >= capture.endAt} />
      <MessageFates {...view} />
      <section className={styles.ends}>
        <h2>The bytes of the TCP lane{comparisons.length > 0 ? ', in the model' : ''}</h2>
        <BothEnds {...view} />
      </section>
    </div>
  );
}
