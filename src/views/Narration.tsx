// The moment at the playhead in one sentence, read out only while nothing plays. Draws no picture.

import { memo, useMemo } from 'react';
import type { Capture } from '../capture/capture.ts';
import { describeFrame } from './describe-frame.ts';
import { passedAt } from './moments.ts';
import styles from './Narration.module.css';

interface Props {
  readonly capture: Capture;
  readonly playhead: number;
  /** While playing, sentences change too fast to be read out. */
  readonly playing?: boolean;
}

export function Narration({ capture, playhead, playing = false }: Props) {
  const passed = passedAt(capture.frames, playhead);
  return <Sentence capture={capture} passed={passed} playing={playing} />;
}

const Sentence = memo(function Sentence(props: {
  readonly capture: Capture;
  readonly passed: number;
  readonly playing: boolean;
}) {
  const { capture, passed, playing } = props;
  const frame = capture.frames[passed - 1];
  const text = useMemo(() => (frame ? describeFrame(capture, frame) : undefined), [capture, frame]);
  return (
    <div className={styles.narration}>
      <p aria-live={playing ? 'off' : 'polite'}>
        {text ?? 'Nothing has been sent yet. Press play, or go to the next frame.'}
      </p>
    </div>
  );
});
