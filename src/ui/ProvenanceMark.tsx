// The four marks that say where a drawn thing comes from. Shape and word carry it, never colour.

import styles from './ProvenanceMark.module.css';

const MEANING = {
  observed: 'observed: captured from your own connection',
  recorded: 'recorded: a real capture made earlier',
  derived: 'derived: computed from observed bytes',
  modelled: 'modelled: from the simulator',
} as const;

interface Props {
  readonly provenance: keyof typeof MEANING;
  /** Replaces the standard sentence where a view can say something more exact. */
  readonly children?: string;
}

export function ProvenanceMark({ provenance, children }: Props) {
  return (
    <span className={styles.mark}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        {SHAPES[provenance]}
      </svg>
      {children ?? MEANING[provenance]}
    </span>
  );
}

const SHAPES = {
  observed: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  recorded: <rect x="1.5" y="1.5" width="9" height="9" fill="currentColor" />,
  derived: (
    <circle
      cx="6"
      cy="6"
      r="5"
      fill="none"
      stroke="currentColor"
      strokeDasharray="2 1.6"
      strokeWidth="1.5"
    />
  ),
  modelled: <path d="M6 1 L11 10.5 H1 Z" fill="none" stroke="currentColor" strokeWidth="1.5" />,
} as const;
