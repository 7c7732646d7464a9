// What stands beside the wire in the demo about emit: both programs, and what every client shows.

import { CodeView } from '../../views/CodeView.tsx';
import { Screens } from '../../views/Screens.tsx';
import type { ViewProps } from '../../views/view.ts';
import styles from './Extra.module.css';
import { CLIENT_LISTING, SERVER_LISTING } from './listings.ts';
import { CLIENTS } from './live.ts';

export function Extra(view: ViewProps) {
  const { notes } = view.capture;
  const here = CLIENTS.filter((name) => notes.some(({ who }) => who === name));
  return (
    <div className={styles.extra}>
      <Screens {...view} clients={here} />
      <div className={styles.programs}>
        <CodeView {...view} listing={CLIENT_LISTING} />
        <CodeView {...view} listing={SERVER_LISTING} />
      </div>
    </div>
  );
}
