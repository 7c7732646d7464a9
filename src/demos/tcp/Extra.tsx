// What stands beside the packets of a TCP connection: where a kernel's run differs, both ends at this moment,
// and what happened over time to the sequence numbers and to the congestion window.

import { useMemo } from 'react';
import { BothEnds } from '../../views/BothEnds.tsx';
import { CongestionPlot } from '../../views/CongestionPlot.tsx';
import { Differences } from '../../views/Differences.tsx';
import { SequencePlot } from '../../views/SequencePlot.tsx';
import type { ViewProps } from '../../views/view.ts';
import { comparisonsOf } from '../comparison.ts';
import styles from './Extra.module.css';

export function Extra(view: ViewProps) {
  const { capture, playhead } = view;
  const { sources = [] } = capture;
  const comparisons = useMemo(() => comparisonsOf(capture), [capture]);
  return (
    <div className={styles.extra}>
      <Differences comparisons={comparisons} isOver={playhead >= capture.endAt} />
      {sources.length > 1 ? (
        <p className={styles.only}>
          The ends and the window below are the model’s: no packet shows them, so nobody can see
          them on the kernel’s link.
        </p>
      ) : null}
      <BothEnds {...view} />
      {sources.length > 1 ? (
        sources.map(({ lane }) => <SequencePlot key={lane} {...view} lane={lane} />)
      ) : (
        <SequencePlot {...view} />
      )}
      <CongestionPlot {...view} />
    </div>
  );
}
