// Every demo there is, each with a picture of what was once seen of it.

import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { Demo } from '../demos/demo.ts';
import { DEMOS } from '../demos/index.ts';
import { Button } from '../ui/Button.tsx';
import { DemoPicture } from './DemoPicture.tsx';
import styles from './DemosPage.module.css';
import { Page } from './Page.tsx';

type Listed = readonly (readonly [string, Demo])[];

export function DemosPage() {
  const { demos, hasFailed, retry } = useDemos();
  return (
    <Page
      title="Demos"
      width="wide"
      lead="The scenes of the lessons, without the lesson. All settings are in the address, so a link shows the same to everybody."
    >
      {hasFailed ? (
        <p role="alert">
          The demos could not be loaded. Check that the server is running.{' '}
          <Button onClick={retry}>Try again</Button>
        </p>
      ) : null}
      {demos ? null : hasFailed ? null : <p role="status">Loading the demos…</p>}
      <ul className={styles.cards}>
        {demos?.map(([id, demo]) => (
          <li key={id}>
            <DemoPicture demo={demo} />
            <h2>
              <Link to={`/demos/${id}`}>{demo.title}</Link>
            </h2>
            <p>{demo.action}</p>
          </li>
        ))}
      </ul>
    </Page>
  );
}

function useDemos() {
  const [demos, setDemos] = useState<Listed>();
  const [hasFailed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is the same work again
  useEffect(() => {
    setFailed(false);
    const loads = [...DEMOS].map(async ([id, load]) => [id, await load()] as const);
    Promise.all(loads).then(setDemos, () => setFailed(true));
  }, [tries]);
  return { demos, hasFailed, retry: () => setTries(tries + 1) };
}
