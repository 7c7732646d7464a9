// Every view on one page over one capture, to look at and to measure. `?n=10000` adds frames,
// `?records=URL` draws real ones, `?theme=dark`, `?still` for reduced motion.

import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { createAnalyzer } from '../../capture/analyzer.ts';
import type { Capture, Selection } from '../../capture/capture.ts';
import type { TapRecord } from '../../capture/record.ts';
import { decodeBase64 } from '../../lib/base64.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import '@fontsource/ibm-plex-sans/400.css';
import '@fontsource/ibm-plex-sans/600.css';
import '@fontsource/ibm-plex-mono/400.css';
import '../../ui/tokens.css';
import '../../ui/base.css';
import { FrameList } from '../FrameList.tsx';
import { HexView } from '../HexView.tsx';
import { Ladder } from '../Ladder.tsx';
import { LayerTree } from '../LayerTree.tsx';
import { Narration } from '../Narration.tsx';
import { Stage } from '../Stage.tsx';
import { TransportBar } from '../TransportBar.tsx';
import { useTimeline } from '../use-timeline.ts';
import { sampleCapture } from './sample.ts';

const query = new URLSearchParams(location.search);
document.documentElement.dataset.theme = query.get('theme') ?? 'light';

async function load(): Promise<Capture> {
  const url = query.get('records');
  if (!url) return sampleCapture(Number(query.get('n') ?? 0));
  const text = await (await fetch(url)).text();
  const revive = (_: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && 'b' in value
      ? decodeBase64(encodeUtf8(String(value.b)))
      : value;
  const analyzer = createAnalyzer({ provenance: 'observed' });
  for (const record of JSON.parse(text, revive) as TapRecord[]) analyzer.push(record);
  return analyzer.capture();
}

function Harness({ capture }: { readonly capture: Capture }) {
  const reducedMotion = query.has('still');
  const from = query.get('at');
  const timeline = useTimeline(capture, { reducedMotion, ...(from ? { from: Number(from) } : {}) });
  const frame = query.get('frame');
  const [selection, onSelect] = useState<Selection | undefined>(
    frame ? { frame: Number(frame), layer: 0 } : undefined,
  );
  const { playhead, moving, playing } = timeline;
  const view = { capture, playhead, moving, selection, onSelect };
  const columns = 'repeat(auto-fit, minmax(min(100%, 420px), 1fr))';
  return (
    <>
      <Stage {...view} reducedMotion={reducedMotion} />
      <div style={{ height: 300 }}>
        <Ladder {...view} />
      </div>
      <TransportBar capture={capture} timeline={timeline} />
      <Narration capture={capture} playhead={playhead} playing={playing} />
      <div style={{ display: 'grid', gridTemplateColumns: columns }}>
        <div style={{ height: 420 }}>
          <FrameList {...view} />
        </div>
        <div style={{ height: 420, display: 'grid', gridTemplateRows: '240px 180px' }}>
          <LayerTree {...view} />
          <HexView {...view} />
        </div>
      </div>
    </>
  );
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<Harness capture={await load()} />);
