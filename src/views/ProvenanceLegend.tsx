// Where the drawn things come from, in the same corner of every view. Draws only the marks in use.

import type { Capture } from '../capture/capture.ts';
import { ProvenanceMark } from '../ui/ProvenanceMark.tsx';
import styles from './ProvenanceLegend.module.css';

interface Props {
  readonly provenance: Capture['provenance'];
  /** The client was started by the server, for the learner. */
  readonly isStarted?: boolean;
  /** What is not modelled was seen on the link between two ends of a Linux kernel. */
  readonly isKernel?: boolean;
  /** What the view fills in beyond what was seen, in a few words; absent when it fills in nothing. */
  readonly derived?: string;
}

const SEEN = {
  observed: 'observed at the server, from your own connection',
  recorded: 'recorded: a real capture made earlier',
  modelled: 'modelled: from the simulator',
} as const;

const STARTED = {
  ...SEEN,
  observed: 'observed at the server, from a client that it started for you',
  recorded: 'recorded: a real capture made earlier, of a client that the server started',
} as const;

const KERNEL = {
  ...SEEN,
  observed:
    'observed now, at both ends of the server’s own link: the real TCP and UDP of its kernel',
  recorded: 'recorded earlier, at both ends of a link: the real TCP and UDP of a Linux kernel',
} as const;

export function ProvenanceLegend(props: Props) {
  const { provenance, isStarted = false, isKernel = false, derived } = props;
  const seen = isKernel ? KERNEL : isStarted ? STARTED : SEEN;
  return (
    <div className={styles.legend}>
      <ProvenanceMark provenance={provenance}>{seen[provenance]}</ProvenanceMark>
      {derived !== undefined && (
        <ProvenanceMark provenance="derived">{`derived: ${derived}`}</ProvenanceMark>
      )}
    </div>
  );
}
