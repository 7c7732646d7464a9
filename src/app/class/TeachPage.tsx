// Where an instructor starts a class, or goes on with one of hers.

import { useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { CLASS_VERSION } from '../../contract/class.ts';
import { ask } from '../../live/app-socket.ts';
import { forgetIdentity, rememberClass, rememberedClasses } from '../../live/class-memory.ts';
import { Button } from '../../ui/Button.tsx';
import { Page } from '../Page.tsx';
import { currentPlace, lastVisit, leaveClass } from './place.ts';
import styles from './TeachPage.module.css';

interface Mine {
  readonly code: string;
  readonly key: string;
}

export function TeachPage() {
  const { start, isStarting, failure } = useStart();
  return (
    <Page
      title="Teach a class"
      lead="Learners join with a short code. What you push opens on every screen; who comes late lands at the right place."
    >
      <p>
        <Button kind="primary" onClick={() => void start()} aria-disabled={isStarting}>
          {isStarting ? 'Starting…' : 'Start a class'}
        </Button>
      </p>
      {failure === undefined ? null : (
        <p role="alert" className={styles.failure}>
          No class was started. {failure}
        </p>
      )}
      <Classes />
    </Page>
  );
}

function useStart() {
  const navigate = useNavigate();
  const [failure, setFailure] = useState<string>();
  const [isStarting, setStarting] = useState(false);
  const isPending = useRef(false);
  const start = async () => {
    if (isPending.current) return;
    isPending.current = true;
    setStarting(true);
    setFailure(undefined);
    const reply = await ask<Mine>('class:create', { version: CLASS_VERSION });
    isPending.current = false;
    setStarting(false);
    if (!reply.ok) return setFailure(reply.message);
    rememberClass(reply.value.code, { key: reply.value.key });
    return navigate(`/teach/${reply.value.code}`);
  };
  return { start, isStarting, failure };
}

function Classes() {
  const [mine, setMine] = useState(readMine);
  const [gone, setGone] = useState<Mine>();
  const forget = (entry: Mine) => {
    const place = currentPlace();
    if (place?.code === entry.code && place.role === 'instructor') leaveClass();
    forgetIdentity(entry.code, { key: entry.key });
    setGone(entry);
    setMine(readMine());
  };
  const undo = ({ code, key }: Mine) => {
    rememberClass(code, { key });
    setGone(undefined);
    setMine(readMine());
  };
  return (
    <>
      <h2 className={styles.mine}>Your classes on this server</h2>
      {mine.length === 0 ? (
        <p>
          None{gone ? '' : ' yet'}. A class that you start is remembered in this browser, so that
          you can go on with it.
        </p>
      ) : (
        <ul className={styles.classes}>
          {mine.map((entry) => (
            <li key={entry.code}>
              <Link to={`/teach/${entry.code}`}>Go on with class {entry.code}</Link>
              <span>{visitWords(entry.code)}</span>
              <Button aria-label={`Forget class ${entry.code}`} onClick={() => forget(entry)}>
                Forget
              </Button>
            </li>
          ))}
        </ul>
      )}
      <p role="status">
        {gone ? `This browser no longer holds the key of class ${gone.code}. ` : ''}
      </p>
      {gone ? (
        <p>
          <Button autoFocus onClick={() => undo(gone)}>
            Undo: keep class {gone.code}
          </Button>
        </p>
      ) : null}
    </>
  );
}

/** The last one first. */
const readMine = (): readonly Mine[] =>
  Object.entries(rememberedClasses())
    .flatMap(([code, { key }]) => (key === undefined ? [] : [{ code, key }]))
    .sort((a, b) => (lastVisit(b.code) ?? 0) - (lastVisit(a.code) ?? 0));

function visitWords(code: string): string {
  const at = lastVisit(code);
  if (at === undefined) return '';
  const when = new Date(at).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
  return `last open ${when}`;
}
