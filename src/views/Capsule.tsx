// One packet as nested capsules around a readable word. Placed by whoever draws it.

import { memo } from 'react';
import type { Frame } from '../capture/capture.ts';
import { CAPSULE_HEIGHT, shapeOf } from './capsule-shape.ts';
import { isMasked } from './frame-word.ts';
import { hueOf } from './layer-hue.ts';
import styles from './Stage.module.css';

interface Props {
  readonly frame: Frame;
  readonly isSelected: boolean;
  /** Its payload cannot be read on the way: it was combined with a masking key. */
  readonly isHatched: boolean;
}

export const Capsule = memo(function Capsule({ frame, isSelected, isHatched }: Props) {
  const { shells, word, wordX, width } = shapeOf(frame);
  const last = shells.length - 1;
  return (
    <>
      {isSelected && (
        <rect
          className={styles.halo}
          x={-5}
          y={-5}
          width={width + 10}
          height={CAPSULE_HEIGHT + 10}
          rx={CAPSULE_HEIGHT / 2 + 5}
        />
      )}
      {shells.map(({ protocol, isDerived, x, width: shellWidth }, i) => (
        <rect
          key={protocol}
          x={x + 0.75}
          y={0.75}
          width={shellWidth - 1.5}
          height={CAPSULE_HEIGHT - 1.5}
          rx={(CAPSULE_HEIGHT - 1.5) / 2}
          stroke={hueOf(protocol)}
          strokeWidth={1.5}
          strokeDasharray={isDerived ? '3 2.5' : undefined}
          fill={isDerived || i === last ? 'var(--surface)' : hueOf(protocol)}
        />
      ))}
      {isHatched && isMasked(frame) && (
        <rect
          x={wordX + 3}
          y={3}
          width={width - wordX - 6}
          height={CAPSULE_HEIGHT - 6}
          rx={(CAPSULE_HEIGHT - 6) / 2}
          fill="url(#wirelight-hatch)"
        />
      )}
      <text x={(wordX + width) / 2} y={CAPSULE_HEIGHT / 2 + 4.5} className={styles.word}>
        {word}
      </text>
    </>
  );
});
