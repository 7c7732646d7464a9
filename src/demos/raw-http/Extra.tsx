// What stands beside the wire of the learner's own text: how it was read, and the text itself.

import { Exchanges } from '../../views/Exchanges.tsx';
import { RawText } from '../../views/RawText.tsx';
import type { ViewProps } from '../../views/view.ts';
import styles from './Extra.module.css';

export const Extra = (view: ViewProps) => (
  <div className={styles.extra}>
    <Exchanges {...view} />
    <RawText {...view} />
  </div>
);
