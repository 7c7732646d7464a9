// What stands beside the packets of a TCP connection: both ends at this moment, and what happened over time
// to the sequence numbers and to the congestion window.

import { BothEnds } from '../../views/BothEnds.tsx';
import { CongestionPlot } from '../../views/CongestionPlot.tsx';
import { SequencePlot } from '../../views/SequencePlot.tsx';
import type { ViewProps } from '../../views/view.ts';
import styles from './Extra.module.css';

export function Extra(view: ViewProps) {
  return (
    <div className={styles.extra}>
      <BothEnds {...view} />
      <SequencePlot {...view} />
      <CongestionPlot {...view} />
    </div>
  );
}
