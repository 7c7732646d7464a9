// What stands beside the wire in the demo about both directions: the room, and its programs.

import { CodeView } from '../../views/CodeView.tsx';
import type { ViewProps } from '../../views/view.ts';
import styles from './Extra.module.css';
import { DEVICE_LISTING, PANEL_LISTING, SENSOR_LISTING, SERVER_LISTING } from './listings.ts';
import { RoomPicture } from './RoomPicture.tsx';

export function Extra(view: ViewProps) {
  return (
    <div className={styles.extra}>
      <RoomPicture {...view} />
      <div className={styles.programs}>
        <CodeView {...view} listing={SERVER_LISTING} />
        <div className={styles.extra}>
          <CodeView {...view} listing={PANEL_LISTING} />
          <CodeView {...view} listing={DEVICE_LISTING} />
          <CodeView {...view} listing={SENSOR_LISTING} />
        </div>
      </div>
    </div>
  );
}
