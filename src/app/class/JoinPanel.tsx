// How learners get in: the code, large, and the same as a QR code; on demand over the whole screen.

import { useRef } from 'react';
import { Button } from '../../ui/Button.tsx';
import styles from './JoinPanel.module.css';
import { QrCode } from './QrCode.tsx';

export function JoinPanel({ code }: { readonly code: string }) {
  const link = linkTo(code);
  const isLocal = /^(localhost|127\.|\[::1\])/.test(location.hostname);
  return (
    <section className={styles.panel}>
      <p>
        Join at <strong>{location.host}/join</strong>
      </p>
      <p className={styles.code}>{code}</p>
      <div className={styles.qr}>
        <QrCode link={link} label={`QR code for ${link}`} />
      </div>
      {isLocal ? (
        <p className={styles.hint}>
          This address works on this computer only. Open the console by the network address that the
          server printed when it started, and the code will work for others.
        </p>
      ) : null}
    </section>
  );
}

/** The same over the whole screen, for the projector. */
export function FullCode({ code }: { readonly code: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const link = linkTo(code);
  return (
    <>
      <Button onClick={() => dialog.current?.showModal()}>Show code full screen</Button>
      <dialog ref={dialog} className={styles.full} aria-label={`Code of class ${code}`}>
        <div className={styles.board}>
          <div>
            <p>
              Join at <strong>{location.host}/join</strong>
            </p>
            <p className={styles.code}>{code}</p>
          </div>
          <QrCode link={link} label={`Large QR code for ${link}`} />
        </div>
        <Button className={styles.close} onClick={() => dialog.current?.close()}>
          Close <kbd>Esc</kbd>
        </Button>
      </dialog>
    </>
  );
}

const linkTo = (code: string): string => `${location.origin}/join/${code}`;
