// The instructor's key as a link, for another device of hers. Shown only when asked for.

import { useId, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import styles from './KeyLink.module.css';
import { QrCode } from './QrCode.tsx';

interface Props {
  readonly code: string;
  readonly secret: string;
}

export function KeyLink({ code, secret }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [said, setSaid] = useState('');
  const id = useId();
  // In the fragment, which no request and no log ever holds.
  const link = `${location.origin}/teach/${code}#key=${secret}`;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setSaid('Copied.');
    } catch {
      setSaid('This browser does not let the page copy. Select the link and copy it yourself.');
    }
  };
  return (
    <section className={styles.key}>
      <h2>Another device of yours</h2>
      <p>
        A link takes the console to your phone or another computer. It holds the key: whoever has
        it, or photographs it, can push to this class as you. Do not show it on the projector.
      </p>
      <Button aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
        {isOpen ? 'Hide the key link' : 'Show the key link'}
      </Button>
      <div id={id} hidden={!isOpen}>
        {isOpen ? (
          <>
            <label>
              The key link
              <input readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
            </label>
            <Button onClick={() => void copy()}>Copy</Button>
            <p role="status">{said}</p>
            <div className={styles.qr}>
              <QrCode link={link} label="QR code of the key link" />
            </div>
          </>
        ) : null}
      </div>
    </section>
  );
}
