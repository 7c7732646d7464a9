// A recorded connection packet by packet, within a lesson: the list, and every byte of the chosen packet.

import { useState } from 'react';
import type { Capture, LayerRef, Selection } from '../../capture/capture.ts';
import { FrameList } from '../../views/FrameList.tsx';
import { HexView } from '../../views/HexView.tsx';
import { LayerTree } from '../../views/LayerTree.tsx';
import { ProvenanceLegend } from '../../views/ProvenanceLegend.tsx';
import styles from './PacketExhibit.module.css';

interface Props {
  readonly capture: Capture;
  readonly start?: LayerRef | undefined;
}

export function PacketExhibit({ capture, start }: Props) {
  const [selection, onSelect] = useState<Selection | undefined>(start);
  const view = { capture, selection, onSelect };
  return (
    <section className={styles.exhibit} aria-label="The recorded packets">
      <ProvenanceLegend provenance={capture.provenance} />
      <div className={styles.list}>
        <FrameList {...view} playhead={Number.POSITIVE_INFINITY} />
      </div>
      <div className={styles.tree}>
        <LayerTree {...view} />
      </div>
      <div className={styles.bytes}>
        <HexView {...view} />
      </div>
    </section>
  );
}
