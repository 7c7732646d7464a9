// Devices that somebody of the class offers, under the class's own bar, on every page of a learner or
// instructor: whoever takes one first drives it.

import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import type { DeviceOffer } from '../../contract/drive.ts';
import { takeOffer, watchOffers } from '../../live/class-offers.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './Offers.module.css';
import type { SessionState } from './session.ts';

export function Offers({ session: { code, link } }: { readonly session: SessionState }) {
  const navigate = useNavigate();
  const [offers, setOffers] = useState<readonly DeviceOffer[]>([]);
  const [failure, setFailure] = useState<string>();
  const isConnected = link === 'connected';
  useEffect(() => (isConnected ? watchOffers(code, setOffers) : undefined), [code, isConnected]);
  const take = async ({ offer }: DeviceOffer): Promise<void> => {
    setFailure(undefined);
    const reply = await takeOffer(code, offer);
    if (reply.ok) await navigate(`/drive#${reply.value.driving}`);
    else setFailure(reply.message);
  };
  const others = isConnected ? offers.filter(({ isYours }) => !isYours) : [];
  const [first] = others;
  if (!first && failure === undefined) return null;
  const more = others.length - 1;
  return (
    <section className={styles.offers} aria-label="Offered in your class">
      <p role="status">
        {first
          ? `Somebody in your class offers ${first.device} of their room${more > 0 ? `, and ${more} more do so` : ''}. `
          : ''}
        {failure}
      </p>
      {first ? <Button onClick={() => void take(first)}>Drive it</Button> : null}
      {first ? null : <Button onClick={() => setFailure(undefined)}>Understood</Button>}
    </section>
  );
}
