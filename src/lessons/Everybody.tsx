// Where the connections of everybody in the class stand. What they are, the page around the lesson knows.

import { Suspense } from 'react';
import { useLessonHost } from './host.ts';

export function Everybody() {
  const { Everybody: Connections } = useLessonHost();
  return (
    <Suspense fallback={null}>
      <Connections />
    </Suspense>
  );
}
