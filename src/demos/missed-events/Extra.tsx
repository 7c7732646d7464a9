// What stands beside the wire in the demo about missed events: the account of every message, and the
// programs of one strategy.

import { useMemo, useState } from 'react';
import { CodeView } from '../../views/CodeView.tsx';
import { Ledgers } from '../../views/Ledgers.tsx';
import type { ViewProps } from '../../views/view.ts';
import styles from './Extra.module.css';
import { listingsOf } from './listings.ts';
import { LANE_TITLES } from './strategies.ts';

export function Extra(view: ViewProps) {
  const lanes = useMemo(
    () => [...new Set(view.capture.notes.map(({ lane }) => lane))],
    [view.capture],
  );
  const [chosen, setChosen] = useState<string>();
  const lane = chosen !== undefined && lanes.includes(chosen) ? chosen : lanes[0];
  const listings = useMemo(() => (lane === undefined ? [] : listingsOf(lane)), [lane]);
  return (
    <div className={styles.extra}>
      <Ledgers {...view} titles={LANE_TITLES} />
      {lanes.length > 1 ? (
        <label className={styles.choice}>
          Programs of{' '}
          <select value={lane} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
            {lanes.map((name) => (
              <option key={name} value={name}>
                {LANE_TITLES[name] ?? name}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <div className={styles.programs}>
        {listings.map((listing) => (
          <CodeView key={listing.title} {...view} listing={listing} />
        ))}
      </div>
    </div>
  );
}
