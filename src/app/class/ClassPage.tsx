// A learner's place in a class: shows what the instructor pushed last.

import { useState } from 'react';
import { Link, Navigate, useParams } from 'react-router';
import { rememberedClasses } from '../../live/class-memory.ts';
import type { ClassState } from '../../live/class-store.ts';
import { Page } from '../Page.tsx';
import { SceneView } from '../SceneView.tsx';
import styles from './ClassPage.module.css';
import { useClass } from './use-class.ts';

export function ClassPage() {
  const { code = '' } = useParams();
  const [joined] = useState(() => rememberedClasses()[code]?.joined);
  return joined ? (
    <Following key={code} code={code} joined={joined} />
  ) : (
    <Navigate to={`/join/${code}`} replace />
  );
}

interface Props {
  readonly code: string;
  readonly joined: { readonly learner: string; readonly secret: string; readonly name: string };
}

function Following({ code, joined: { learner, secret } }: Props) {
  const state = useClass(code, { learner, secret });
  if (state?.status === 'refused') {
    return (
      <Page title="This class is not here">
        <p>{state.refusal}</p>
        <p>
          <Link to="/join">Join a class</Link>
        </p>
      </Page>
    );
  }
  return (
    <>
      <p className={styles.banner} role="status">
        {banner(state)} {state?.notice}
      </p>
      {state?.pushed ? (
        <SceneView key={state.pushed.seq} scene={state.pushed.scene} />
      ) : (
        <Page title={`Class ${code}`}>
          <p>You are in. What your instructor shows will open here by itself.</p>
        </Page>
      )}
    </>
  );
}

function banner(state: ClassState | undefined): string {
  if (!state || state.status === 'connecting') return 'Connecting to the class…';
  if (state.status === 'away') {
    if (state.refusal) return state.refusal;
    return 'The connection to the class is lost. You see what was shown last, and you will catch up by yourself.';
  }
  return `Following class ${state.code}. You may look around; this page stays with the class.`;
}
