// The instructor's console: what the screens show, what can be pushed, and who is here.

import { useEffect, useState } from 'react';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import type { Scene } from '../../contract/scene.ts';
import { rememberedClasses } from '../../live/class-memory.ts';
import { Loading } from '../Loading.tsx';
import { Page } from '../Page.tsx';
import { useTitle } from '../use-title.ts';
import styles from './ConsolePage.module.css';
import { DemoPanel, type OpenDemo } from './DemoPanel.tsx';
import { FullCode, JoinPanel } from './JoinPanel.tsx';
import { KeyLink } from './KeyLink.tsx';
import { Offers } from './Offers.tsx';
import { OnScreen } from './OnScreen.tsx';
import { enterClass } from './place.ts';
import { RunSheet } from './RunSheet.tsx';
import { Seats } from './Seats.tsx';
import { type SessionState, useSession } from './session.ts';
import { usePush } from './use-push.ts';

export function ConsolePage() {
  const { code: typed = '' } = useParams();
  const code = typed.toUpperCase();
  return <Door key={code} code={code} />;
}

function Door({ code }: { readonly code: string }) {
  const { hash, pathname } = useLocation();
  const navigate = useNavigate();
  // A key comes in the fragment only, which no request and no log ever holds.
  const [key] = useState(
    // The key that this browser holds comes first: a link must never replace it.
    () => rememberedClasses()[code]?.key ?? /^#key=([0-9a-f]{64})$/.exec(hash)?.[1],
  );
  useEffect(() => {
    if (key === undefined) return;
    enterClass(code, { key });
    // Out of the address at once, before anybody reads it over her shoulder.
    if (hash !== '') void navigate(pathname, { replace: true });
  }, [code, key, hash, pathname, navigate]);
  const session = useSession();
  if (key === undefined) return <NoKey code={code} />;
  const isReady = session?.code === code && session.role === 'instructor';
  return isReady ? <Console code={code} secret={key} session={session} /> : <Loading />;
}

function NoKey({ code }: { readonly code: string }) {
  return (
    <Page title={`Class ${code}`}>
      <p>
        This browser does not hold the key of this class. Open the console in the browser that
        started it, or ask there for the link to continue on another device.
      </p>
      <p>
        <Link to="/teach">Start a class of your own</Link>, or{' '}
        <Link to={`/join/${code}`}>join class {code}</Link>.
      </p>
    </Page>
  );
}

interface Props {
  readonly code: string;
  readonly secret: string;
  readonly session: SessionState;
}

function Console({ code, secret, session }: Props) {
  const { room, link } = session;
  const { state, push } = usePush(code, secret);
  const [open, setOpen] = useState<OpenDemo>();
  useTitle(`Class ${code}`);
  if (link === 'refused') return <Refused code={code} why={room.refusal} />;
  const shown = room.pushed?.scene;
  return (
    <div className={styles.console} data-open={open !== undefined}>
      <header className={styles.top}>
        <div className={styles.title}>
          <h1>Class {code}</h1>
          <Connection session={session} />
          <FullCode code={code} />
        </div>
        <OnScreen scene={shown} push={state} onOpen={(scene) => setOpen(openOf(scene))} />
        <Offers session={session} />
      </header>
      <RunSheet
        shown={shown}
        openDemo={open?.demo}
        onPush={push}
        onOpen={(demo) => setOpen({ demo, params: {}, n: Date.now() })}
      />
      <div className={styles.work}>
        {open ? (
          <DemoPanel
            key={open.n}
            open={open}
            push={push}
            isPending={state.pending !== undefined}
            onClose={() => setOpen(undefined)}
          />
        ) : null}
        <Seats learners={room.learners} present={room.present} />
      </div>
      <aside className={styles.side} aria-label="How to join">
        <JoinPanel code={code} />
        <KeyLink code={code} secret={secret} />
      </aside>
    </div>
  );
}

/** A demo of the screens, on the instructor's own stage. */
function openOf(scene: Extract<Scene, { kind: 'demo' }>): OpenDemo {
  const { demo, params } = scene;
  return { demo, params, from: scene, n: Date.now() };
}

function Connection({ session }: { readonly session: SessionState }) {
  const { link, awaySince, room } = session;
  const since = awaySince === undefined ? '' : ` since ${new Date(awaySince).toLocaleTimeString()}`;
  const words = {
    connecting: 'Connecting…',
    connected: 'Connected',
    'catching-up': 'Catching up…',
    away: `${room.refusal ?? 'The server does not answer.'} Away${since}. The class is kept, and this page reconnects by itself.`,
    refused: '',
  }[link];
  return (
    <p className={styles.link} data-link={link} role="status">
      <i aria-hidden="true" />
      {words} {room.notice}
    </p>
  );
}

function Refused({ code, why }: { readonly code: string; readonly why: string | undefined }) {
  return (
    <Page title={`Class ${code} cannot be taught from here`}>
      <p role="alert">{why ?? 'The server refused this key.'}</p>
      <p>
        <Link to="/teach">Your other classes, or a new one</Link>
      </p>
    </Page>
  );
}
