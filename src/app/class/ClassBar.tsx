// Under the head of every page, while this tab is in a class: where the class is, how the connection is,
// and the way back.

import { useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { Button } from '../../ui/Button.tsx';
import styles from './ClassBar.module.css';
import { linkWords } from './link-words.ts';
import { Offers } from './Offers.tsx';
import { closeLeave, leaveClass, undoLeave } from './place.ts';
import { useSceneWords } from './scene-words.ts';
import { lookAround, returnToClass, type SessionState, useSession } from './session.ts';
import { useJustLeft } from './use-place.ts';

export function ClassBar() {
  const session = useSession();
  const left = useJustLeft();
  if (session) {
    return (
      <>
        <Bar key={session.code} session={session} />
        <Offers session={session} />
      </>
    );
  }
  return left ? <Left code={left.code} /> : null;
}

function Bar({ session }: { readonly session: SessionState }) {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const [isLeaving, setLeaving] = useState(false);
  const { code, role, room, looking, link } = session;
  const home = role === 'learner' ? `/class/${code}` : `/teach/${code}`;
  const isHome = pathname === home;
  const text = useBarWords(session, isHome);
  const goBack = () => {
    returnToClass();
    if (!isHome) void navigate(home);
  };
  const isNew = looking !== undefined && room.pushed?.seq !== looking.pushed?.seq;
  const [isNoticed, setNoticed] = useState(false);
  if (room.notice !== undefined && !isNoticed) {
    return <Notice text={room.notice} onRead={() => setNoticed(true)} />;
  }
  if (isLeaving) return <Leaving code={code} onStay={() => setLeaving(false)} />;
  return (
    <section className={styles.bar} aria-label="Your class" data-link={link} data-new={isNew}>
      <i aria-hidden="true" />
      <p role="status" title={text}>
        {text}
      </p>
      {role === 'instructor' ? (
        <>
          <Link to={home} className={styles.way}>
            Back<span> to the console</span>
          </Link>
          <Button onClick={leaveClass}>Hide</Button>
        </>
      ) : link === 'refused' ? (
        <Link to={`/join/${code}`} state={{ name: session.name }} className={styles.way}>
          Join again
        </Link>
      ) : (
        <>
          {looking || !isHome ? (
            <Button kind="primary" onClick={goBack}>
              Return<span> to the class</span>
            </Button>
          ) : (
            <Button onClick={() => lookAround()}>Look around</Button>
          )}
          <Button onClick={() => setLeaving(true)}>Leave</Button>
        </>
      )}
    </section>
  );
}

function useBarWords(session: SessionState, isHome: boolean): string {
  const { code, role, room, looking, link } = session;
  const words = useSceneWords(room.pushed?.scene);
  if (link !== 'connected') return linkWords(session);
  if (role === 'instructor') return `You teach class ${code}. It is at ${words}.`;
  if (!looking && isHome) return `Following class ${code}: ${words}.`;
  const isNew = room.pushed?.seq !== looking?.pushed?.seq;
  return looking && isNew
    ? `New from your instructor: the class is now at ${words}.`
    : `The class is at ${words}.`;
}

function Notice({ text, onRead }: { readonly text: string; onRead(): void }) {
  return (
    <section className={styles.bar} aria-label="Your class">
      <p role="status">{text}</p>
      <Button onClick={onRead}>Understood</Button>
    </section>
  );
}

function Leaving({ code, onStay }: { readonly code: string; onStay(): void }) {
  return (
    <section className={styles.bar} aria-label="Your class">
      <p role="status">Leave class {code}? This browser then forgets your place in it.</p>
      <Button kind="danger" onClick={leaveClass}>
        Leave<span> the class</span>
      </Button>
      <Button autoFocus onClick={onStay}>
        Stay
      </Button>
    </section>
  );
}

function Left({ code }: { readonly code: string }) {
  return (
    <section className={styles.bar} aria-label="Your class">
      <p role="status">You left class {code}.</p>
      <Button autoFocus onClick={undoLeave}>
        Undo
      </Button>
      <Button onClick={closeLeave}>Close</Button>
    </section>
  );
}
