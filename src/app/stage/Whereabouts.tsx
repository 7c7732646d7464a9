// What the place of the labs means for the frames on the stage, where it is not the usual one.

import type { Capture } from '../../capture/capture.ts';
import type { OpenedLab } from '../../contract/labs.ts';
import styles from './Whereabouts.module.css';

interface Props {
  /** Where this run's labs listen; absent for a capture that was not made now. */
  readonly at: OpenedLab['at'] | undefined;
  readonly capture: Capture;
}

export function Whereabouts({ at, capture }: Props) {
  if (at === undefined) return null;
  const isProxied = typeof at === 'object' && 'url' in at;
  if (!isProxied && at !== 'same') return null;
  return (
    <div className={styles.whereabouts} role="note">
      {isProxied || isForwarded(capture) ? (
        <p>
          The labs are behind a reverse proxy. These are the frames between the proxy and the
          server: what is drawn as your browser is the proxy, and what your browser sends to the
          proxy may differ.
        </p>
      ) : null}
      {at === 'same' ? (
        <p>
          Labs and pages share one port on this server. A browser opens at most six HTTP connections
          to one port, over all its tabs, so a lab that stalls can hold up the page.
        </p>
      ) : null}
    </div>
  );
}

/** True where the first request says that it came through a proxy; all of a run come the same way. */
function isForwarded({ frames }: Capture): boolean {
  const [request] = frames.find(({ direction }) => direction === 'up')?.layers ?? [];
  const values = request?.protocol === 'http' ? request.fields.map(({ value }) => value) : [];
  return values.some((value) => /^(?:via|forwarded|x-forwarded-for)$/i.test(String(value)));
}
