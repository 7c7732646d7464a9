// How learners get in: the code, large, and the same as a QR code.

import { renderSVG } from 'uqr';
import styles from './JoinPanel.module.css';

export function JoinPanel({ code }: { readonly code: string }) {
  const link = `${location.origin}/join/${code}`;
  const isLocal = /^(localhost|127\.)/.test(location.hostname);
  return (
    <aside className={styles.panel} aria-label="How to join">
      <p>
        Join at <strong>{location.host}/join</strong>
      </p>
      <p className={styles.code}>{code}</p>
      <div
        className={styles.qr}
        role="img"
        aria-label={`QR code for ${link}`}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: the markup is made here, of black squares only
        dangerouslySetInnerHTML={{ __html: renderSVG(link, { border: 2 }) }}
      />
      {isLocal ? (
        <p className={styles.hint}>
          This address works on this computer only. Open the console by the network address that the
          server printed when it started, and the code will work for others.
        </p>
      ) : null}
    </aside>
  );
}
