// The address of a device that is lent: a QR code for a phone, and the plain words of what it allows.

import { useEffect, useState } from 'react';
import type { Lent } from '../../live/lend-device.ts';
import { Button } from '../../ui/Button.tsx';
import { QrCode } from '../class/QrCode.tsx';
import { useSession } from '../class/session.ts';
import styles from './LentDevice.module.css';

export function LentDevice(lent: Lent) {
  const { device, url, end } = lent;
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
        <ToClass {...lent} />
        <Button onClick={end}>Take it back and go on</Button>
      </div>
    </section>
  );
}

type Offering = 'no' | 'asking' | 'open' | 'taken';

/** Only for who is in a class. */
function ToClass({ device, offer, onTaken }: Lent) {
  const session = useSession();
  const [offering, setOffering] = useState<Offering>('no');
  const [failure, setFailure] = useState<string>();
  useEffect(() => onTaken(() => setOffering('taken')), [onTaken]);
  if (session?.link !== 'connected') return null;
  const { code } = session;
  const ask = async (): Promise<void> => {
    setFailure(undefined);
    setOffering('asking');
    const reply = await offer(code);
    setOffering(reply.ok ? 'open' : 'no');
    if (!reply.ok) setFailure(reply.message);
  };
  const words = {
    no: '',
    asking: 'On its way to your class…',
    open: `Everybody in class ${code} sees the offer. Who takes it first drives ${device}.`,
    taken: `Somebody in class ${code} has taken it, and drives ${device} now.`,
  }[offering];
  return (
    <>
      {offering === 'no' ? (
        <Button onClick={() => void ask()}>Offer it to your class</Button>
      ) : null}
      <p role="status">{words}</p>
      {failure === undefined ? null : <p role="alert">{failure}</p>}
    </>
  );
}
