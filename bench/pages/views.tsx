// Every view of a capture at once, as the lessons show them, over a busy capture. Measured by
// bench/frames.ts; `?at=` is where the playhead stands at first, in µs.

import { createRoot } from 'react-dom/client';
import '@fontsource/ibm-plex-sans/400.css';
import '@fontsource/ibm-plex-sans/600.css';
import '@fontsource/ibm-plex-mono/400.css';
import '../../src/ui/tokens.css';
import '../../src/ui/base.css';
import { CaptureStage } from '../../src/app/stage/CaptureStage.tsx';
import { busyCapture } from '../../src/views/testing/sample.ts';

const query = new URLSearchParams(location.search);
const capture = busyCapture(Number(query.get('n')));
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <CaptureStage capture={capture} start={{ playhead: Number(query.get('at')) }} />,
  );
}
