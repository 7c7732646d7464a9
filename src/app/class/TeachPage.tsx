// Where an instructor starts a class, or goes on with one of hers.

import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { CLASS_VERSION } from '../../contract/class.ts';
import { ask } from '../../live/app-socket.ts';
import { rememberClass, rememberedClasses } from '../../live/class-memory.ts';
import { Button } from '../../ui/Button.tsx';
import { Page } from '../Page.tsx';

export function TeachPage() {
  const navigate = useNavigate();
  const [failure, setFailure] = useState<string>();
  const [mine] = useState(() =>
    Object.entries(rememberedClasses()).filter(([, { key }]) => key !== undefined),
  );
  const start = async () => {
    const reply = await ask<{ code: string; key: string }>('class:create', {
      version: CLASS_VERSION,
    });
    if (!reply.ok) return setFailure(reply.message);
    rememberClass(reply.value.code, { key: reply.value.key });
    return navigate(`/teach/${reply.value.code}`);
  };
  return (
    <Page
      title="Teach a class"
      lead="Learners join with a short code. What you push opens on every screen; who comes late lands at the right place."
    >
      <p>
        <Button kind="primary" onClick={() => void start()}>
          Start a class
        </Button>
      </p>
      <p role="alert">{failure}</p>
      <h2>Your classes on this server</h2>
      {mine.length === 0 ? (
        <p>
          None yet. A class that you start is remembered in this browser, so that you can go on with
          it.
        </p>
      ) : (
        <ul>
          {mine.map(([code]) => (
            <li key={code}>
              <Link to={`/teach/${code}`}>Go on with class {code}</Link>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
