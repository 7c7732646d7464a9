// Joins each question with its answer, beside the server's line, where both were seen.

import { memo, useMemo } from 'react';
import type { Capture, Pair } from '../capture/capture.ts';
import type { TimeLens } from '../capture/time-lens.ts';
import styles from './Ladder.module.css';
import { pairsByFrame, yOf } from './ladder-shape.ts';

interface Props {
  readonly capture: Capture;
  readonly lens: TimeLens;
  /** Frames from `first` up to, not including, `last` are drawn. */
  readonly first: number;
  readonly last: number;
  /** Where the server's line is. */
  readonly x: number;
  readonly selected: number | undefined;
}

export const PairBrackets = memo(function PairBrackets(props: Props) {
  const { capture, lens, first, last, x, selected } = props;
  const byFrame = useMemo(() => pairsByFrame(capture), [capture]);
  const drawn = new Set<Pair>();
  for (let frame = first; frame < last; frame++) {
    for (const pair of byFrame.get(frame) ?? []) {
      if (pair.from.frame < last && pair.to.frame < last) drawn.add(pair);
    }
  }
  return (
    <g>
      {[...drawn].map((pair) => {
        const { from, to, kind } = pair;
        const [y1, y2] = [from, to].map(({ frame }) => yOf(lens, capture.frames[frame]?.at ?? 0));
        if (y1 === undefined || y2 === undefined || from.frame === to.frame) return null;
        const out = x + Math.min(46, 8 + Math.abs(y2 - y1) / 8);
        const isStrong = from.frame === selected || to.frame === selected;
        return (
          <path
            key={`${kind}.${from.frame}.${from.layer}.${to.frame}.${to.layer}`}
            className={`${styles.pair} ${isStrong ? styles.strongPair : ''}`}
            d={`M${x + 3} ${y1}C${out} ${y1} ${out} ${y2} ${x + 3} ${y2}`}
          />
        );
      })}
    </g>
  );
});
