// One device of somebody's room, driven from here. The right to it stands behind the # of the address.

import { useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import type { Reply } from '../contract/call.ts';
import type { DriveWish } from '../contract/drive.ts';
import { Button } from '../ui/Button.tsx';
import styles from './DrivePage.module.css';
import { Page } from './Page.tsx';

const TOUCHES: readonly (readonly [label: string, wish: DriveWish])[] = [
  ['Volume 20', { what: 'volume', value: 20 }],
  ['Volume 45', { what: 'volume', value: 45 }],
  ['Volume 70', { what: 'volume', value: 70 }],
  ['Volume 90', { what: 'volume', value: 90 }],
  ['Mute', { what: 'muted', value: true }],
  ['Sound on', { what: 'muted', value: false }],
  ['HDMI 1', { what: 'source', value: 'HDMI 1' }],
  ['HDMI 2', { what: 'source', value: 'HDMI 2' }],
];

const TOKEN = /^#([0-9a-f]{64})$/;

async function ask<T>(event: string, request: object): Promise<Reply<T>> {
  const { ask } = await import('../live/app-socket.ts');
  return ask<T>(event, request);
}

export function DrivePage() {
  const driving = TOKEN.exec(useLocation().hash)?.[1];
  const [device, setDevice] = useState<string>();
  const [said, setSaid] = useState('');
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    if (driving === undefined) return;
    let isCurrent = true;
    void ask<{ device: string }>('drive:device', { driving }).then((reply) => {
      if (!isCurrent) return;
      if (reply.ok) setDevice(reply.value.device);
      else setFailure(reply.message);
    });
    return () => {
      isCurrent = false;
    };
  }, [driving]);
  const touch = async (label: string, wish: DriveWish): Promise<void> => {
    setSaid(`${label}: on its way…`);
    const reply = await ask<{ answer: string }>('drive:touch', { driving, wish });
    if (reply.ok) setSaid(`${label}: the server of the room answered “${reply.value.answer}”.`);
    else {
      setSaid('');
      setFailure(reply.message);
    }
  };
  return (
    <Page
      title={device ? `Drive ${device}` : 'Drive a device'}
      lead="Somebody lent you one device of their room. What you touch here, their own page does over its own connection, and they see it in their frames."
    >
      {driving === undefined ? (
        <p role="alert">This address is not complete: the part behind the # is missing.</p>
      ) : null}
      {device ? (
        <div className={styles.touches}>
          {TOUCHES.map(([label, wish]) => (
            <Button
              key={label}
              onClick={() => {
                setFailure(undefined);
                void touch(label, wish);
              }}
            >
              {label}
            </Button>
          ))}
        </div>
      ) : null}
      <p role="status">{said}</p>
      {failure === undefined ? null : (
        <p role="alert" className={styles.failure}>
          {failure}
        </p>
      )}
    </Page>
  );
}
