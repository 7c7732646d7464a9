// In the head of every page, while this browser is in a class: where the class is, and the way back.

import { useSyncExternalStore } from 'react';
import { Link, useLocation } from 'react-router';
import { appStatus, onAppStatus } from '../../live/app-socket.ts';
import { rememberedClasses } from '../../live/class-memory.ts';
import styles from './ClassBar.module.css';

export function ClassBar() {
  const { pathname } = useLocation();
  const status = useSyncExternalStore(onAppStatus, appStatus);
  const last = Object.entries(rememberedClasses()).at(-1);
  if (!last) return null;
  const [code, { key }] = last;
  const home = key === undefined ? `/class/${code}` : `/teach/${code}`;
  if (pathname !== home) {
    return (
      <Link className={styles.bar} to={home}>
        Return to class {code}
      </Link>
    );
  }
  return (
    <span className={styles.bar} data-status={status}>
      <i aria-hidden="true" />
      Class {code} · {status === 'connected' ? 'live' : 'reconnecting'}
    </span>
  );
}
