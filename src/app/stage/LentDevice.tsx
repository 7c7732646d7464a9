// The address of a device that is lent: a QR code for a phone, and the plain words of what it allows.

import type { Lent } from '../../live/lend-device.ts';
import { Button } from '../../ui/Button.tsx';
import { QrCode } from '../class/QrCode.tsx';
import styles from './LentDevice.module.css';

export function LentDevice({ device, url, end }: Lent) {
  const isLocal = /^(localhost|127\.|\[::1\])/.test(location.hostname);
  return (
    <section className={styles.lent} aria-label="A device that others can drive">
      <QrCode link={url} label={`QR code of the address that drives ${device}`} />
      <div>
        <p>
          <strong>Whoever has this address can drive {device} of your room</strong>, until you take
          it back or the minute is over. It is good for nothing else: not for your other devices,
          and not for seeing your frames.
        </p>
        <label>
          For a phone, or for somebody beside you:
          <input readOnly value={url} onFocus={(event) => event.currentTarget.select()} />
        </label>
        {isLocal ? (
          <p>
            A phone cannot reach the name in this address. Open Wirelight by this computer’s address
            in your network first; the server printed it when it started.
          </p>
        ) : null}
        <Button onClick={end}>Take it back and go on</Button>
      </div>
    </section>
  );
}
