// The connections at the playhead as a table: address and port of both ends, as the server sees them,
// and which of the four values differ. A pure picture of (capture, playhead).

import { useMemo } from 'react';
import styles from './FourTuples.module.css';
import { fourTuplesAt } from './four-tuples.ts';
import { TupleTable } from './TupleTable.tsx';
import type { ViewProps } from './view.ts';

export function FourTuples({ capture, playhead, selection, onSelect }: ViewProps) {
  const tuples = useMemo(() => fourTuplesAt(capture, playhead), [capture, playhead]);
  const { rows } = tuples;
  const open = rows.filter(({ isOpen }) => isOpen).length;
  return (
    <section className={styles.tuples} aria-label="Connections and their four values">
      {rows.length === 0 ? (
        <p className={styles.empty}>The server listens. No connection is open yet.</p>
      ) : (
        <TupleTable
          tuples={tuples}
          caption={`As the server sees them: ${rows.length} connection${rows.length === 1 ? '' : 's'}, ${open} open`}
          chosen={selection && capture.frames[selection.frame]?.connection}
          onFrame={(frame) => onSelect({ frame })}
        />
      )}
    </section>
  );
}
