// Packets between two ends, as the simulator knows them: when each left and when it arrived, or where it
// was lost and why. One diagram a lane, on one scale of time. A picture of (capture, playhead).

import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Capture } from '../capture/capture.ts';
import { describePacket } from './describe-packet.ts';
import { latestAt } from './moments.ts';
import { PacketLane } from './PacketLane.tsx';
import styles from './PacketPicture.module.css';
import { ProvenanceLegend } from './ProvenanceLegend.tsx';
import { packetShapeOf } from './packet-scale.ts';
import { useFlying } from './use-flying.ts';
import type { ViewProps } from './view.ts';

/** The box is no higher than this; what lies further away than a step is not drawn. */
const HEIGHT = 420;
const STEP = 120;
/** Where the playhead stands in the box, as a share of its height. */
const FROM_TOP = 0.75;

const stepOf = (top: number): number => Math.floor(top / STEP) * STEP;
const topOf = (at: number): number => stepOf(Math.max(0, at - HEIGHT * FROM_TOP));

export function PacketPicture(view: ViewProps) {
  const { capture } = view;
  const { scale } = packetShapeOf(capture);
  const playhead = useFlying(view, (now) => Math.round(scale.y(now)));
  const lanes = useMemo(() => lanesOf(capture), [capture]);
  const box = useRef<HTMLElement>(null);
  const at = scale.y(playhead);
  const [seen, setSeen] = useState({ at, top: topOf(at) });
  // Where it will be scrolled to is known without looking, so that nothing is drawn twice.
  if (seen.at !== at) setSeen({ at, top: topOf(at) });
  const { top } = seen;
  const look = () => {
    const now = stepOf(box.current?.scrollTop ?? 0);
    setSeen((before) => (before.top === now ? before : { ...before, top: now }));
  };
  useLayoutEffect(() => {
    // In the frame that will be painted, and not in the task before it, which has drawn enough.
    const frame = requestAnimationFrame(() => {
      const { current } = box;
      if (current) current.scrollTop = at - current.clientHeight * FROM_TOP;
    });
    return () => cancelAnimationFrame(frame);
  }, [at]);
  return (
    <figure className={styles.picture} aria-label="Packets between the client and the server">
      <div className={styles.legends}>
        {provenancesOf(capture).map((provenance) => (
          <ProvenanceLegend
            key={provenance}
            provenance={provenance}
            isKernel={capture.sources !== undefined}
          />
        ))}
      </div>
      <section
        className={styles.box}
        data-lanes={lanes.length}
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so keys must reach it
        tabIndex={0}
        aria-label="Time runs down"
        onScroll={look}
      >
        {lanes.map(({ name, provenance, connections }) => (
          <PacketLane
            key={name}
            {...view}
            playhead={playhead}
            from={top - STEP}
            to={top + HEIGHT + 2 * STEP}
            title={lanes.length > 1 ? name : undefined}
            provenance={provenance}
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
  /** Only where the lanes come from several sources. */
  readonly provenance: Capture['provenance'] | undefined;
  readonly connections: ReadonlySet<number>;
}

/** Each once. */
function provenancesOf({ sources = [], provenance }: Capture): readonly Capture['provenance'][] {
  return [...new Set([provenance, ...sources.map((one) => one.provenance)])];
}

/** As the capture says, or in the order in which the programs began to use them. */
function lanesOf({ connections, notes, sources = [] }: Capture): readonly LaneOf[] {
  const names = [...new Set([...sources, ...notes, ...connections].map(({ lane }) => lane))];
  return names.map((name) => ({
    name,
    provenance: sources.find(({ lane }) => lane === name)?.provenance,
    connections: new Set(connections.filter(({ lane }) => lane === name).map(({ id }) => id)),
  }));
}
