// A learner's place in a class: what the instructor pushed last, or, while she looks around, what she
// had before.

import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Link, Navigate, useParams } from 'react-router';
import { rememberedClasses } from '../../live/class-memory.ts';
import type { ClassIdentity } from '../../live/class-store.ts';
import { Loading } from '../Loading.tsx';
import { Page } from '../Page.tsx';
import { SceneView } from '../SceneView.tsx';
import { enterClass } from './place.ts';
import { lookAround, returnToClass, type SessionState, useSession } from './session.ts';
import { usePlace } from './use-place.ts';

export function ClassPage() {
  const { code: typed = '' } = useParams();
  const code = typed.toUpperCase();
  return <Member key={code} code={code} />;
}

function Member({ code }: { readonly code: string }) {
  const [joined] = useState(() => rememberedClasses()[code]?.joined);
  return joined ? (
    <Seat code={code} identity={joined} />
  ) : (
    <Navigate to={`/join/${code}`} replace />
  );
}

interface Props {
  readonly code: string;
  readonly identity: ClassIdentity;
}

function Seat({ code, identity }: Props) {
  const [isIn, setIn] = useState(false);
  const place = usePlace();
  const session = useSession();
  useEffect(() => {
    enterClass(code, identity);
    returnToClass();
    setIn(true);
    // On any other page she is looking around.
    return () => lookAround();
  }, [code, identity]);
  if (isIn && !place) return <Left code={code} />;
  if (!session || session.code !== code || session.role !== 'learner') return <Loading />;
  return session.link === 'refused' ? (
    <Refused session={session} />
  ) : (
    <Shown code={code} session={session} />
  );
}

function Left({ code }: { readonly code: string }) {
  return (
    <Page title={`You left class ${code}`}>
      <p>
        What you answered in lessons is kept. You can undo this above, or{' '}
        <Link to={`/join/${code}`}>join again</Link> with any name.
      </p>
    </Page>
  );
}

function Refused({ session: { code, name, room } }: { readonly session: SessionState }) {
  return (
    <Page title={`Class ${code} does not know this browser`}>
      <p role="alert">{room.refusal}</p>
      <p>
        <Link to={`/join/${code}`} state={{ name }}>
          Join class {code} again
        </Link>
        , or <Link to="/join">join another class</Link>. Your answers in lessons are kept.
      </p>
    </Page>
  );
}

function Shown({ code, session }: { readonly code: string; readonly session: SessionState }) {
  const { looking, room, returns } = session;
  const shown = looking ? looking.pushed : room.pushed;
  const key = shown && keyOf(shown.scene, returns);
  useFocusKept(key);
  if (!shown) {
    return (
      <Page title={`Class ${code}`}>
        <p>You are in. What your instructor shows will open here by itself.</p>
        <p>
          Until then you may look around: the bar above stays on every page and brings you back.
        </p>
      </Page>
    );
  }
  return (
    <SceneView
      // Keeps a lesson, its answers and its run from step to step; a moment begins anew.
      key={key}
      scene={shown.scene}
      step={looking?.step}
      onLook={lookAround}
    />
  );
}

const keyOf = (scene: NonNullable<SessionState['room']['pushed']>['scene'], returns: number) =>
  scene.kind === 'step' ? scene.lesson : JSON.stringify([scene, returns]);

/** Who had the focus in what another push replaced goes on in the new one, not at the top of the page. */
function useFocusKept(key: string | undefined): void {
  const before = useRef(key);
  useLayoutEffect(() => {
    const isOther = before.current !== key;
    before.current = key;
    if (!isOther || document.activeElement !== document.body) return;
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [key]);
}
