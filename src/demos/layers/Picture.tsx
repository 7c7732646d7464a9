// The picture of the demo about layers: the learner's message between two rulers, or the frame that she
// chose instead.

import type { Capture, Frame } from '../../capture/capture.ts';
import { LayerRulers } from '../../views/LayerRulers.tsx';
import { Narration } from '../../views/Narration.tsx';
import { ProvenanceLegend } from '../../views/ProvenanceLegend.tsx';
import type { ViewProps } from '../../views/view.ts';
import { fieldValue } from '../../wire/layer.ts';
import styles from './Picture.module.css';

/** The first frame that carries the learner's words, once it has passed. */
function messageAt({ frames }: Capture, playhead: number): Frame | undefined {
  const message = frames.find(({ layers }) =>
    layers.some((layer) => fieldValue(layer, 'socketio.event') === 'say'),
  );
  return message && message.at <= playhead ? message : undefined;
}

export function Picture({ capture, playhead, chosen, onSelect }: ViewProps) {
  const message = messageAt(capture, playhead);
  const other = chosen && chosen.frame !== message?.id ? capture.frames[chosen.frame] : undefined;
  const frame = other ?? message;
  return (
    <div className={styles.layers}>
      <ProvenanceLegend
        provenance={capture.provenance}
        derived={
          capture.packets ? 'headers of IP and TCP that were not seen' : 'the headers of IP and TCP'
        }
      />
      <div className={styles.passing}>
        <Narration capture={capture} playhead={playhead} />
      </div>
      {other ? (
        <p className={styles.other} role="status">
          Between the rulers is frame {other.id + 1}, which you chose.
          {message ? (
            <button type="button" onClick={() => onSelect({ frame: message.id })}>
              Show your message again
            </button>
          ) : null}
        </p>
      ) : null}
      <LayerRulers key={frame?.id ?? 'none'} {...{ capture, frame, onSelect }} />
    </div>
  );
}
