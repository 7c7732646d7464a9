// What each client has shown its user so far, as its program wrote it down. A pure picture of
// (capture, playhead).

import styles from './Screens.module.css';
import type { ViewProps } from './view.ts';

interface Props extends Pick<ViewProps, 'capture' | 'playhead'> {
  /** Clients in the order in which they are drawn. */
  readonly clients: readonly string[];
}

export function Screens({ capture, playhead, clients }: Props) {
  const past = capture.notes.filter(({ wroteAt }) => wroteAt <= playhead);
  return (
    <ul className={styles.screens} aria-label="What each client shows">
      {clients.map((who) => {
        const theirs = past.filter((note) => note.who === who);
        const shown = theirs.filter(({ what }) => what === 'handled' || what === 'acknowledged');
        return (
          <li key={who}>
            <strong>{who}</strong>
            <span className={styles.state}>{stateOf(theirs)}</span>
            {shown.length === 0 ? (
              <em>shows nothing yet</em>
            ) : (
              <ol>
                {shown.map(({ seq, detail, what }) => (
                  <li key={seq}>
                    {detail}
                    {what === 'acknowledged' ? ' (acknowledgement)' : ''}
                  </li>
                ))}
              </ol>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function stateOf(notes: readonly { readonly what: string }[]): string {
  const last = notes.findLast(({ what }) => what === 'connected' || what === 'disconnected');
  if (!last) return 'not connected yet';
  return last.what === 'connected' ? 'connected' : 'disconnected';
}
