// The bytes of the selected frame, each in its layer's hue; pointing at one points at its field.
// Knows no protocol.

import { memo, useId, useState } from 'react';
import type { Frame, Selection } from '../capture/capture.ts';
import { selectedBytes } from './byte-owner.ts';
import { HexRows } from './HexRows.tsx';
import styles from './HexView.module.css';
import type { ViewProps } from './view.ts';

type Props = Pick<ViewProps, 'capture' | 'selection' | 'onSelect'>;

/** Takes no playhead: a frame's bytes do not change with time. */
export const HexView = memo(function HexView({ capture, selection, onSelect }: Props) {
  const frame = selection && capture.frames[selection.frame];
  if (!frame || !selection) {
    return <p className={styles.empty}>Choose a frame to see its bytes.</p>;
  }
  return <Sources frame={frame} selection={selection} onSelect={onSelect} />;
});

const NAMES = {
  wire: 'On the wire',
  unmasked: 'Unmasked',
  dechunked: 'Chunks joined',
  inflated: 'Uncompressed',
  reassembled: 'Pieces joined',
  base64: 'From base64',
} as const;

interface SourcesProps {
  readonly frame: Frame;
  readonly selection: Selection;
  readonly onSelect: ViewProps['onSelect'];
}

function Sources({ frame, selection, onSelect }: SourcesProps) {
  const id = useId();
  const marked = selectedBytes(frame, selection);
  const source = marked?.source;
  const [{ of, tab, followed }, setShown] = useState({
    of: frame,
    tab: source ?? 0,
    followed: source,
  });
  const setTab = (next: number): void => setShown({ of: frame, tab: next, followed });
  // A field chosen in the tree brings up the bytes it lies in; a tab chosen by hand stays, for as long
  // as the frame does. Not by another key: while it plays the elements are kept.
  if (of !== frame || followed !== source) {
    setShown({ of: frame, tab: source ?? (of === frame ? tab : 0), followed: source });
  }
  return (
    <section className={styles.hex} aria-label={`Bytes of frame ${frame.id + 1}`}>
      <div className={styles.tabs} role="tablist" aria-label="Which bytes">
        {frame.sources.map(({ origin, bytes }, i) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: sources never change their places.
            key={i}
            type="button"
            role="tab"
            id={`${id}-tab-${i}`}
            aria-controls={`${id}-panel`}
            aria-selected={i === tab}
            tabIndex={i === tab ? 0 : -1}
            onClick={() => setTab(i)}
            onKeyDown={(event) => {
              const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
              const to = event.currentTarget.parentElement?.children[i + (by ?? 0)];
              if (by === undefined || !(to instanceof HTMLElement)) return;
              to.focus();
              setTab(i + by);
            }}
          >
            {NAMES[origin]} <span>{bytes.length}</span>
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-tab-${tab}`}
        className={styles.panel}
      >
        <HexRows
          key={tab}
          frame={frame}
          source={tab}
          marked={marked?.source === tab ? marked.range : undefined}
          onSelect={onSelect}
        />
      </div>
    </section>
  );
}
