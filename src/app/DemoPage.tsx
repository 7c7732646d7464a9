// One demo alone: its settings in the query, its run, and every view of it.

import { useParams, useSearchParams } from 'react-router';
import { DEMOS } from '../demos/index.ts';
import { DemoView } from './DemoView.tsx';
import { NotFoundPage } from './NotFoundPage.tsx';

/** In the query, but no setting of the demo. */
const MOMENT = ['capture', 'at', 'frame'];

export function DemoPage() {
  const { id = '' } = useParams();
  const [query, setQuery] = useSearchParams();
  if (!DEMOS.has(id)) return <NotFoundPage />;
  const params = Object.fromEntries([...query].filter(([name]) => !MOMENT.includes(name)));
  const frame = Number(query.get('frame') ?? Number.NaN);
  return (
    <DemoView
      key={id}
      id={id}
      params={params}
      onParams={(next) => setQuery(next, { replace: true })}
      published={query.get('capture') ?? undefined}
      start={{
        playhead: Number(query.get('at')) || 0,
        ...(Number.isInteger(frame) ? { selection: { frame } } : {}),
      }}
    />
  );
}
