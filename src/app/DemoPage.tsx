// One demo alone: its settings in the query, its run, and every view of it.

import { useParams, useSearchParams } from 'react-router';
import type { Selection } from '../capture/capture.ts';
import { DEMOS } from '../demos/index.ts';
import { DemoView } from './DemoView.tsx';
import { NotFoundPage } from './NotFoundPage.tsx';

/** In the query, but no setting of the demo. */
const MOMENT = ['capture', 'at', 'frame', 'layer', 'see'];

export function DemoPage() {
  const { id = '' } = useParams();
  const [query, setQuery] = useSearchParams();
  if (!DEMOS.has(id)) return <NotFoundPage />;
  const params = Object.fromEntries([...query].filter(([name]) => !MOMENT.includes(name)));
  const selection = selectionIn(query);
  return (
    <DemoView
      key={id}
      id={id}
      params={params}
      onParams={(next) => setQuery(next, { replace: true })}
      see={query.get('see') ?? undefined}
      published={query.get('capture') ?? undefined}
      start={{ playhead: Number(query.get('at')) || 0, ...(selection ? { selection } : {}) }}
    />
  );
}

function selectionIn(query: URLSearchParams): Selection | undefined {
  const frame = indexIn(query, 'frame');
  const layer = indexIn(query, 'layer');
  if (frame === undefined) return undefined;
  return layer === undefined ? { frame } : { frame, layer };
}

function indexIn(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
