// Every demo there is.

import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { LiveDemo } from '../demos/demo.ts';
import { DEMOS } from '../demos/index.ts';
import { Page } from './Page.tsx';

export function DemosPage() {
  const [demos, setDemos] = useState<readonly (readonly [string, LiveDemo])[]>([]);
  useEffect(() => {
    const loads = [...DEMOS].map(async ([id, load]) => [id, await load()] as const);
    void Promise.all(loads).then(setDemos);
  }, []);
  return (
    <Page
      title="Demos"
      lead="The scenes of the lessons, without the lesson. All settings are in the address, so a link shows the same to everybody."
    >
      <ul>
        {demos.map(([id, { title, action }]) => (
          <li key={id}>
            <Link to={`/demos/${id}`}>{title}</Link>. {action}
          </li>
        ))}
      </ul>
      <p>
        More demos come with their lessons: breaking a connection on purpose, four ways to hear the
        news, packets on a lossy link.
      </p>
    </Page>
  );
}
