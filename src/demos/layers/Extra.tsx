// What stands beside the wire in the demo about layers: the learner's message, or any frame she
// chose, between the two rulers, and the programs that know nothing of them.

import { useState } from 'react';
import type { Capture, Frame } from '../../capture/capture.ts';
import { CodeView } from '../../views/CodeView.tsx';
import { LayerRulers } from '../../views/LayerRulers.tsx';
import type { ViewProps } from '../../views/view.ts';
import { fieldValue } from '../../wire/layer.ts';
import styles from './Extra.module.css';
import { CLIENT_LISTING, SERVER_LISTING } from './listings.ts';

/** The first frame that carries the learner's words, once it has passed. */
function messageAt({ frames }: Capture, playhead: number): Frame | undefined {
  const message = frames.find(({ layers }) =>
    layers.some((layer) => fieldValue(layer, 'socketio.event') === 'say'),
  );
  return message && message.at <= playhead ? message : undefined;
}

export function Extra(view: ViewProps) {
  const { capture, playhead, selection, onSelect } = view;
  const [isAny, setAny] = useState(false);
  const chosen = selection ? capture.frames[selection.frame] : undefined;
  const frame = isAny ? chosen : messageAt(capture, playhead);
  return (
    <div className={styles.extra}>
      <label className={styles.choice}>
        <input type="checkbox" checked={isAny} onChange={() => setAny(!isAny)} /> Show the frame
        that is selected, instead of your message
      </label>
      <LayerRulers key={frame?.id ?? 'none'} {...{ capture, frame, onSelect }} />
      <div className={styles.programs}>
        <CodeView {...view} listing={CLIENT_LISTING} />
        <CodeView {...view} listing={SERVER_LISTING} />
      </div>
    </div>
  );
}
