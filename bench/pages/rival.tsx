// The same capture drawn the plain way, for comparison: the playhead is React state, every frame
// that has passed is a row of a plain list, every packet is a framer-motion element that moves by
// itself. It draws less than our views: no ladder, no bytes, no nested capsules.

import { domAnimation, LazyMotion, m } from 'framer-motion';
import { memo, useEffect, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import '../../src/ui/tokens.css';
import '../../src/ui/base.css';
import type { Capture, Frame } from '../../src/capture/capture.ts';
import { createTimeLens } from '../../src/capture/time-lens.ts';
import { busyCapture } from '../../src/views/testing/sample.ts';

const FLIGHT_MS = 420;
const ON_STAGE_MS = 840;

const Row = memo(function Row({ frame }: { readonly frame: Frame }) {
  return (
    <li style={{ display: 'flex', gap: 16, height: 24 }}>
      <span>{frame.id + 1}</span>
      <span>{frame.at} µs</span>
      <span>{frame.direction}</span>
      <span>{frame.layers.at(-1)?.summary}</span>
    </li>
  );
});

function Rival({ capture, from }: { readonly capture: Capture; readonly from: number }) {
  const lens = useMemo(() => createTimeLens(capture), [capture]);
  const [begunAt, setBegunAt] = useState<number>();
  const [shown, setShown] = useState(() => lens.toShown(from));
  useEffect(() => {
    if (begunAt === undefined) return;
    let request = 0;
    const tick = (now: number): void => {
      setShown(lens.toShown(from) + now - begunAt);
      request = requestAnimationFrame(tick);
    };
    request = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(request);
  }, [lens, from, begunAt]);
  const at = lens.toCapture(shown);
  const passed = capture.frames.filter((frame) => frame.at <= at);
  const since = lens.toCapture(shown - ON_STAGE_MS);
  const onStage = passed.filter((frame) => frame.at > since);
  return (
    <LazyMotion features={domAnimation}>
      <button type="button" onClick={() => setBegunAt(performance.now())}>
        Play
      </button>
      <div style={{ position: 'relative', height: 360 }}>
        {onStage.map(({ id, connection, direction, layers }) => (
          <m.div
            key={id}
            style={{ position: 'absolute', top: connection * 56, border: '1px solid' }}
            initial={{ x: direction === 'up' ? 0 : 1000 }}
            animate={{ x: direction === 'up' ? 1000 : 0 }}
            transition={{ duration: FLIGHT_MS / 1_000 }}
          >
            {layers.at(-1)?.summary}
          </m.div>
        ))}
      </div>
      <ul style={{ height: 300, overflow: 'auto' }}>
        {passed.map((frame) => (
          <Row key={frame.id} frame={frame} />
        ))}
      </ul>
    </LazyMotion>
  );
}

const query = new URLSearchParams(location.search);
const root = document.getElementById('root');
if (root) {
  const capture = busyCapture(Number(query.get('n')));
  createRoot(root).render(<Rival capture={capture} from={Number(query.get('at'))} />);
}
