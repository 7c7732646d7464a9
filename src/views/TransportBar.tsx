// The one transport bar: play, step, scrub, speed, live edge, and how much time is stretched. It
// asks the timeline for everything and moves nothing itself.

import { useRef } from 'react';
import type { Capture } from '../capture/capture.ts';
import { describeStretch } from '../capture/time-lens.ts';
import { describeDuration } from './moments.ts';
import { useMoment, usePicture } from './moving-playhead.ts';
import { Scrubber } from './Scrubber.tsx';
import styles from './TransportBar.module.css';
import { SPEEDS, type Timeline } from './use-timeline.ts';

interface Props {
  readonly capture: Capture;
  readonly timeline: Timeline;
}

const SPEED_WORDS: Readonly<Record<number, string>> = { 0.25: '¼', 0.5: '½' };

export function TransportBar({ capture, timeline }: Props) {
  const { playhead, playing, start, isHeld } = timeline;
  const isAtStart = playhead <= start;
  const isAtEnd = playhead >= timeline.end;
  const isLive = timeline.atLiveEdge;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend on the screen.
    <div className={styles.bar} role="group" aria-label="Playback">
      <button
        type="button"
        className={styles.play}
        aria-label={playing ? 'Pause' : 'Play'}
        {...pressed(playing ? timeline.pause : timeline.play, isHeld)}
        title={isHeld ? 'Lock in your prediction to go on' : undefined}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path d={playing ? 'M3 2h4v12H3zM9 2h4v12H9z' : 'M4 2l10 6-10 6z'} fill="currentColor" />
        </svg>
      </button>
      <div className={styles.steps}>
        <button type="button" {...pressed(() => timeline.stepFrame(-1), isAtStart)}>
          ‹ frame<span className="visually-hidden"> before</span>
        </button>
        <button type="button" {...pressed(() => timeline.stepFrame(1), isAtEnd)}>
          <span className="visually-hidden">next </span>frame ›
        </button>
      </div>
      <Scrubber capture={capture} timeline={timeline} />
      <output className={styles.time}>
        <Clock timeline={timeline} />
      </output>
      <label className={styles.speed}>
        <span className="visually-hidden">Speed</span>
        <select
          value={timeline.speed}
          onChange={(event) => timeline.setSpeed(Number(event.target.value))}
        >
          {SPEEDS.map((speed) => (
            <option key={speed} value={speed}>
              {SPEED_WORDS[speed] ?? speed}×
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className={styles.edge}
        {...pressed(timeline.toLiveEdge, isLive || isHeld)}
        title={isLive ? 'This is the newest moment' : undefined}
      >
        {isLive ? 'At the newest' : 'To the newest'}
      </button>
    </div>
  );
}

/** Not the attribute `disabled`: a button that was pressed by key and then can do no more keeps the focus. */
const pressed = (onClick: () => void, isOff: boolean) => ({
  'aria-disabled': isOff,
  ...(isOff ? {} : { onClick }),
});

/** How far it is and how much time is stretched there, at every frame of the screen. */
function Clock({ timeline }: Pick<Props, 'timeline'>) {
  const { playhead, moving, lens, start, isHeld } = timeline;
  const clock = useRef<HTMLSpanElement>(null);
  const stretch = useRef<HTMLSpanElement>(null);
  usePicture(useMoment(playhead, moving), (at) => {
    write(clock.current, describeDuration(at - start));
    write(
      stretch.current,
      isHeld ? 'waits for your prediction' : describeStretch(lens.stretchAt(at)),
    );
  });
  return (
    <>
      <span className={styles.clock}>
        <span ref={clock} />
      </span>
      <span className={styles.stretch}>
        <span ref={stretch} />
      </span>
    </>
  );
}

function write(element: HTMLElement | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}
