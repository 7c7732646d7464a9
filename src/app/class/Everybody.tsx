// The connections of everybody in the class of this tab, as the server sees them. Asks only when it is
// on the screen, and again when it is told to.

import { useCallback, useEffect, useState } from 'react';
import { CLASS_VERSION, type ClassTuple } from '../../contract/class.ts';
import { ask } from '../../live/app-socket.ts';
import { Button } from '../../ui/Button.tsx';
import tableStyles from '../../views/FourTuples.module.css';
import { compareTuples, type TupleRow } from '../../views/four-tuples.ts';
import { TupleTable } from '../../views/TupleTable.tsx';
import styles from './Everybody.module.css';
import { type SessionState, useSession } from './session.ts';

export function Everybody() {
  const session = useSession();
  if (!session) {
    return (
      <p className={styles.none}>
        You are in no class now. In a class, the connections of everybody in it stand here.
      </p>
    );
  }
  return <OfClass session={session} />;
}

interface Told {
  readonly tuples: readonly ClassTuple[];
  readonly more: number;
}

function OfClass({ session }: { readonly session: SessionState }) {
  const { code, link } = session;
  const [told, setTold] = useState<Told>();
  const [failure, setFailure] = useState<string>();
  const look = useCallback(async () => {
    const reply = await ask<Told>('class:connections', { version: CLASS_VERSION, code });
    setFailure(reply.ok ? undefined : reply.message);
    if (reply.ok) setTold(reply.value);
  }, [code]);
  useEffect(() => {
    if (link === 'connected') void look();
  }, [link, look]);
  const tuples = compareTuples((told?.tuples ?? []).map((one, i) => rowOf(session, one, i)));
  const count = tuples.rows.length + (told?.more ?? 0);
  return (
    <section
      className={`${tableStyles.tuples} ${styles.everybody}`}
      aria-label="The connections of everybody in the class"
    >
      {told ? (
        <TupleTable
          tuples={tuples}
          caption={`Your class, as the server sees it now: ${count} connection${count === 1 ? '' : 's'}`}
        />
      ) : null}
      {told && told.more > 0 ? <p>and {told.more} more</p> : null}
      {failure === undefined ? null : <p role="alert">{failure}</p>}
      <Button onClick={() => void look()}>Look again</Button>
    </section>
  );
}

/** A page of a class has one connection to the server, and it is a WebSocket. */
function rowOf(
  { room }: SessionState,
  { who, learner, client, server }: ClassTuple,
  id: number,
): TupleRow {
  const label = room.learners.find((one) => one.id === learner)?.label;
  const names = { you: 'you', instructor: 'your instructor', learner: label ?? 'a classmate' };
  return {
    id,
    who: names[who],
    values: {
      'client-address': client.address,
      'client-port': String(client.port),
      'server-address': server.address,
      'server-port': String(server.port),
    },
    role: 'websocket',
    isOpen: true,
    frame: undefined,
  };
}
