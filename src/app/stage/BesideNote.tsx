// What stands beside the model, in words: how to run the kernel, what has come of it, and which settings have
// a recording.

import type { SimulatedDemo } from '../../demos/demo.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './BesideNote.module.css';
import type { SimulatedSnapshot } from './simulated-run.ts';

type Params = Readonly<Record<string, string>>;

interface Props {
  readonly beside: NonNullable<SimulatedDemo['beside']>;
  readonly wish: string | undefined;
  readonly snapshot: SimulatedSnapshot;
  /** The packet that is selected, counted among the client's of its lane. */
  readonly ordinal: number | undefined;
  onObserve(): void;
  onParams(changed: Params): void;
}

export function BesideNote({ beside, wish, snapshot, ordinal, onObserve, onParams }: Props) {
  const { isObserving = false, isUnrecorded = false } = snapshot;
  const { loseJust } = beside;
  const isLosable = ordinal !== undefined && loseJust !== undefined;
  if (wish === 'none' && !isLosable) return null;
  return (
    <div className={styles.note}>
      {wish === 'now' ? (
        <Button onClick={onObserve} aria-disabled={isObserving}>
          {isObserving ? 'Running on the kernel…' : 'Run on the server’s kernel'}
        </Button>
      ) : null}
      {isLosable ? (
        <Button onClick={() => onParams(defined(loseJust(ordinal)))}>
          Lose exactly this packet ({ordinal})
        </Button>
      ) : null}
      {wish === 'none' ? null : (
        <p role="status" data-said={snapshot.beside !== undefined}>
          {snapshot.beside}
          {isUnrecorded ? ' These have one:' : null}
        </p>
      )}
      {isUnrecorded ? (
        <ul aria-label="Settings with a recording">
          {beside.offers.map(({ label, params }) => (
            <li key={label}>
              <Button onClick={() => onParams(defined(params))}>{label}</Button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

const defined = (params: Readonly<Record<string, string | undefined>>): Params =>
  Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
