// A small ladder of a demo's shipped recording, or of its simulation: each line is a frame, in order, in
// its layer's hue.

import { useEffect, useState } from 'react';
import { type Capture, innermost } from '../capture/capture.ts';
import { type Demo, fitParams, isSimulated } from '../demos/demo.ts';
import styles from './DemoPicture.module.css';

/** As many as can be told apart at this size. */
const MAX_LINES = 16;
const WIDTH = 240;
const HEIGHT = 120;
const LEFT = 24;
const RIGHT = WIDTH - LEFT;
const SLANT = 3;
/** There and back, where no recording says what. */
const UNSEEN = `M${LEFT} 45H${RIGHT}M${RIGHT} 75H${LEFT}`;

export function DemoPicture({ demo }: { readonly demo: Demo }) {
  const capture = useRecording(demo);
  const frames = (capture?.frames ?? []).slice(0, MAX_LINES);
  return (
    <figure className={styles.picture}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <path className={styles.ends} d={`M${LEFT} 8V${HEIGHT - 8}M${RIGHT} 8V${HEIGHT - 8}`} />
        {capture ? null : <path className={styles.unseen} d={UNSEEN} />}
        {frames.map((frame, i) => {
          const y = 14 + (i * (HEIGHT - 28)) / MAX_LINES;
          const [from, to] = frame.direction === 'up' ? [LEFT, RIGHT] : [RIGHT, LEFT];
          return (
            <path
              key={frame.id}
              d={`M${from} ${y}L${to} ${y + SLANT}`}
              stroke={`var(--layer-${innermost(frame).protocol})`}
            />
          );
        })}
      </svg>
      <figcaption>
        {capture
          ? `The first ${frames.length} frames of a ${isSimulated(demo) ? 'simulated' : 'recorded'} run`
          : 'Your browser and a lab of your own'}
      </figcaption>
    </figure>
  );
}

/** Nothing until it is there, and nothing where there is none: the picture is an extra. */
function useRecording(demo: Demo): Capture | undefined {
  const [capture, setCapture] = useState<Capture>();
  useEffect(() => {
    if (isSimulated(demo)) {
      setCapture(demo.simulate(fitParams(demo, {})));
      return;
    }
    const name = demo.recorded?.(fitParams(demo, {}));
    if (name === undefined) return;
    let isCurrent = true;
    import('../live/recorded.ts')
      .then(({ loadShipped }) => loadShipped(name))
      .then(
        (loaded) => isCurrent && setCapture(loaded),
        () => undefined,
      );
    return () => {
      isCurrent = false;
    };
  }, [demo]);
  return capture;
}
