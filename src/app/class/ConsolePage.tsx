// The instructor's console: run sheet, what is shown now, and who is here.

import { useEffect, useState } from 'react';
import { useLocation, useParams } from 'react-router';
import type { Scene } from '../../contract/scene.ts';
import { rememberedClasses } from '../../live/class-memory.ts';
import { pushScene } from '../../live/class-push.ts';
import { Page } from '../Page.tsx';
import { useTitle } from '../use-title.ts';
import styles from './ConsolePage.module.css';
import { JoinPanel } from './JoinPanel.tsx';
import { RunSheet } from './RunSheet.tsx';
import { useClass } from './use-class.ts';

export function ConsolePage() {
  const { code = '' } = useParams();
  const { hash } = useLocation();
  // A key comes in the fragment only, which no request and no log ever holds.
  const [key] = useState(
    // The key that this browser holds comes first: a link must never replace it.
    () => rememberedClasses()[code]?.key ?? /^#key=([0-9a-f]{64})$/.exec(hash)?.[1],
  );
  return key ? <Console key={code} code={code} secret={key} /> : <NoKey code={code} />;
}

function NoKey({ code }: { readonly code: string }) {
  return (
    <Page title={`Class ${code}`}>
      <p>
        This browser does not hold the key of this class. Open the console in the browser that
        started it, or start a class of your own.
      </p>
    </Page>
  );
}

function Console({ code, secret }: { readonly code: string; readonly secret: string }) {
  const state = useClass(code, { key: secret });
  const [failure, setFailure] = useState<string>();
  useTitle(`Class ${code}`);
  // The store remembers a key that the server accepted; only then may it leave the address.
  const isFollowing = state?.status === 'following';
  useEffect(() => {
    if (isFollowing && location.hash) history.replaceState(null, '', location.pathname);
  }, [isFollowing]);
  const push = async (scene: Scene) => {
    const reply = await pushScene(code, secret, scene);
    setFailure(reply.ok ? undefined : reply.message);
  };
  const refusal = state?.status === 'refused' ? state.refusal : undefined;
  return (
    <div className={styles.console}>
      <RunSheet shown={state?.pushed?.scene} onPush={(scene) => void push(scene)} />
      <section className={styles.middle}>
        <h1>Class {code}</h1>
        <p role="alert" className={styles.failure}>
          {failure ?? refusal}
        </p>
        {state?.status === 'away' ? (
          <p role="status">
            The server does not answer. The class is kept, and this page reconnects by itself.
          </p>
        ) : null}
        <h2>
          {state?.present.length ?? 0} of {state?.learners.length ?? 0} here
        </h2>
        {state && state.learners.length > 0 ? (
          <ul className={styles.seats}>
            {state.learners.map(({ id, label }) => (
              <li key={id} data-here={state.present.includes(id)}>
                <strong>{label}</strong>
                <span>{state.present.includes(id) ? 'here' : 'away'}</span>
              </li>
            ))}
          </ul>
        ) : (
          <p>Nobody has joined yet. Show the code, or let them scan it.</p>
        )}
      </section>
      <JoinPanel code={code} />
    </div>
  );
}
