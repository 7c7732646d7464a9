// The slider of the transport bar, with one tick a frame in its layer's hue. Moves no playhead by
// itself.

import { memo, useRef } from 'react';
import type { Capture } from '../capture/capture.ts';
import type { TimeLens } from '../capture/time-lens.ts';
import { hueOf } from './layer-hue.ts';
import { describeDuration, passedAt } from './moments.ts';
import { useMoment, usePicture } from './moving-playhead.ts';
import styles from './TransportBar.module.css';
import { tickPaths } from './ticks.ts';
import { useSize } from './use-size.ts';
import type { Timeline } from './use-timeline.ts';

interface Props {
  readonly capture: Capture;
  readonly timeline: Timeline;
}

const THUMB = 14;

export function Scrubber({ capture, timeline }: Props) {
  const { lens, playhead, moving, start, end } = timeline;
  const input = useRef<HTMLInputElement>(null);
  const done = useRef<HTMLDivElement>(null);
  const { ref, width } = useSize<HTMLDivElement>({ width: 300, height: 40 });
  const most = Math.max(1, lens.totalMs);
  const shown = lens.toShown(playhead);
  usePicture(useMoment(playhead, moving), (at) => {
    if (!input.current || !done.current) return;
    const value = lens.toShown(at);
    const size = `${Math.round((value / most) * width)}px 100%`;
    if (done.current.style.backgroundSize === size) return;
    done.current.style.backgroundSize = size;
    input.current.value = `${value}`;
  });
  const passed = passedAt(capture.frames, playhead);
  return (
    <div className={styles.scrub} ref={ref}>
      <div className={styles.slider}>
        <div className={styles.track} aria-hidden="true" ref={done} />
        <Ticks capture={capture} lens={lens} width={Math.max(0, width - THUMB)} limit={end} />
        <input
          ref={input}
          type="range"
          aria-label="Moment"
          min={0}
          max={most}
          step="any"
          value={shown}
          aria-valuetext={`${describeDuration(playhead - start)}, ${passed} frames so far`}
          onChange={(event) => timeline.seek(lens.toCapture(Number(event.target.value)))}
          onKeyDown={(event) => {
            const by = BY_KEY[event.key];
            if (by === undefined) return;
            event.preventDefault();
            timeline.stepFrame(by);
          }}
        />
      </div>
    </div>
  );
}

const BY_KEY: Readonly<Record<string, 1 | -1>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
};

const Ticks = memo(function Ticks(props: {
  readonly capture: Capture;
  readonly lens: TimeLens;
  readonly width: number;
  readonly limit: number;
}) {
  const { capture, lens, width, limit } = props;
  return (
    <svg className={styles.ticks} width={width} height="14" aria-hidden="true">
      {[...tickPaths(capture, lens, width, limit)].map(([protocol, d]) => (
        <path key={protocol} d={d} stroke={hueOf(protocol)} strokeWidth="3" />
      ))}
    </svg>
  );
});
