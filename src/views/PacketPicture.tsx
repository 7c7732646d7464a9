// Packets between two ends, as the simulator knows them: when each left and when it arrived, or where it
// was lost and why. One diagram a lane, on one scale of time. A picture of (capture, playhead).

import { useEffect, useMemo, useRef } from 'react';
import type { Capture } from '../capture/capture.ts';
import { describePacket } from './describe-packet.ts';
import { latestAt } from './moments.ts';
import { PacketLane } from './PacketLane.tsx';
import styles from './PacketPicture.module.css';
import { ProvenanceLegend } from './ProvenanceLegend.tsx';
import { packetShapeOf } from './packet-scale.ts';
import { useFlying } from './use-flying.ts';
import type { ViewProps } from './view.ts';

export function PacketPicture(view: ViewProps) {
  const { capture } = view;
  const { scale } = packetShapeOf(capture);
  const playhead = useFlying(view, (now) => Math.round(scale.y(now)));
  const lanes = useMemo(() => lanesOf(capture), [capture]);
  const box = useRef<HTMLElement>(null);
  const at = scale.y(playhead);
  useEffect(() => {
    const { current } = box;
    if (current) current.scrollTop = at - current.clientHeight * 0.75;
  }, [at]);
  return (
    <figure className={styles.picture} aria-label="Packets between the client and the server">
      <ProvenanceLegend provenance={capture.provenance} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so keys must reach it */}
      <section className={styles.box} ref={box} tabIndex={0} aria-label="Time runs down">
        {lanes.map(({ name, connections }) => (
          <PacketLane
            key={name}
            {...view}
            playhead={playhead}
            title={lanes.length > 1 ? name : undefined}
            lane={name}
            connections={connections}
          />
        ))}
      </section>
      <Sentence capture={capture} playhead={playhead} />
    </figure>
  );
}

function Sentence({ capture, playhead }: Pick<ViewProps, 'capture' | 'playhead'>) {
  const frame = latestAt(capture.frames, playhead);
  return (
    <p className={styles.sentence} aria-live="polite">
      {frame
        ? describePacket(capture, frame)
        : 'Nothing has been sent yet. Press play, or go to the next frame.'}
    </p>
  );
}

interface LaneOf {
  readonly name: string;
  readonly connections: ReadonlySet<number>;
}

/** In the order in which the programs began to use them. */
function lanesOf({ connections, notes }: Capture): readonly LaneOf[] {
  const names = [...new Set([...notes, ...connections].map(({ lane }) => lane))];
  return names.map((name) => ({
    name,
    connections: new Set(connections.filter(({ lane }) => lane === name).map(({ id }) => id)),
  }));
}
