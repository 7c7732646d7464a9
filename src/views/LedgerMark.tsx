// One mark of a ledger. Its shape says it all; colour only helps.

import type { ReactNode } from 'react';
import styles from './Ledger.module.css';
import type { Mark, Shape } from './ledger-marks.ts';

export function LedgerMark({ shape, count }: Pick<Mark, 'shape' | 'count'>) {
  return (
    <span className={styles.mark} data-shape={shape} aria-hidden="true">
      <svg viewBox="0 0 16 16" width="16" height="16" role="presentation">
        {DRAWN[shape]}
      </svg>
      {count > 1 ? <b>{count}</b> : null}
    </span>
  );
}

const CROSS = <path d="M4 4 L12 12 M12 4 L4 12" />;
const CIRCLE = <circle cx="8" cy="8" r="5.5" />;

const DRAWN: Readonly<Record<Shape, ReactNode>> = {
  none: null,
  emitted: CIRCLE,
  kept: <rect x="3" y="3" width="10" height="10" />,
  confirmed: (
    <>
      {CIRCLE}
      <path d="M5 8.3 L7.2 10.5 L11 6" />
    </>
  ),
  dropped: (
    <>
      {CIRCLE}
      {CROSS}
    </>
  ),
  passed: <path d="M8 1 V15" />,
  swallowed: <path d="M8 0 V5 M4.5 7.5 L11.5 14.5 M11.5 7.5 L4.5 14.5" />,
  waiting: <circle cx="8" cy="8" r="5.5" strokeDasharray="2 2.3" />,
  handled: <circle cx="8" cy="8" r="5.5" fill="currentColor" />,
  repeated: (
    <>
      <circle cx="5.5" cy="8" r="4.5" fill="currentColor" />
      <circle cx="10.5" cy="8" r="4.5" />
    </>
  ),
  missing: CROSS,
};
