// Two endpoints, a wire for each connection, and the packets on their way, placed by the playhead
// alone. Knows nothing of how time passes.

import { memo, useMemo } from 'react';
import type { Capture } from '../capture/capture.ts';
import { clientName, clientPorts } from './endpoints.ts';
import { laneHeightOf, lanesAt } from './lanes.ts';
import { type MovingPlayhead, useAtPlayhead, useMoment } from './moving-playhead.ts';
import { Packets } from './Packets.tsx';
import { ProvenanceLegend } from './ProvenanceLegend.tsx';
import styles from './Stage.module.css';
import { useSize } from './use-size.ts';
import type { ViewProps } from './view.ts';
import { Wire } from './Wire.tsx';
import { type LaneTitles, wireTitle } from './wire-titles.ts';

interface Props extends ViewProps {
  /** Draw each frame still, at the instant it passed. */
  readonly reducedMotion?: boolean;
  /** Frames after this instant stay off the wire. */
  readonly limit?: number | undefined;
  /** What the lanes are called. */
  readonly titles?: LaneTitles | undefined;
}

const NO_TITLES: LaneTitles = {};

export function Stage(props: Props) {
  const { capture, selection, onSelect, reducedMotion = false, limit } = props;
  const { titles = NO_TITLES } = props;
  const moment = useMoment(props.playhead, props.moving);
  const { ref, width } = useSize<HTMLDivElement>();
  const { lanes, others, at } = useLanes(capture, moment);
  const laneHeight = laneHeightOf(lanes.length);
  const isStarted = clientName(capture) !== 'Your browser';
  const height = Math.max(2, lanes.length) * laneHeight;
  return (
    <figure className={styles.stage} aria-label="Packets between your browser and the lab server">
      <ProvenanceLegend
        provenance={capture.provenance}
        isStarted={isStarted}
        derived={`the TCP and IP headers (dashed), and when the ${isStarted ? 'client' : 'browser'}’s end saw it`}
      />
      <div className={styles.scene}>
        <Endpoints capture={capture} />
        <div className={styles.wires} ref={ref}>
          <svg width={width} height={height} role="presentation">
            {lanes.map((connection, i) => (
              <Wire
                key={connection.id}
                connection={connection}
                title={wireTitle(capture, connection, titles)}
                y={i * laneHeight}
                laneHeight={laneHeight}
                width={width}
                isClosed={(connection.closed?.at ?? Number.POSITIVE_INFINITY) <= at}
                isOpen={connection.openedAt <= at}
              />
            ))}
          </svg>
          <Packets
            {...{
              capture,
              moment,
              onSelect,
              lanes,
              laneHeight,
              width,
              height,
              reducedMotion,
              limit,
            }}
            selected={selection?.frame}
          />
          {others > 0 && <p className={styles.others}>and {others} other connections, quiet now</p>}
        </div>
      </div>
    </figure>
  );
}

/** The lanes and the state of their wires, at the instant at which they last changed. */
function useLanes(capture: Capture, moment: MovingPlayhead) {
  const state = useAtPlayhead(moment, (at) =>
    lanesAt(capture, at)
      .lanes.map(({ id, openedAt, closed }) =>
        [id, openedAt <= at, closed !== undefined && closed.at <= at].join(),
      )
      .join(' '),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same as long as nothing of it changed.
  return useMemo(() => ({ ...lanesAt(capture, moment.at), at: moment.at }), [capture, state]);
}

const Endpoints = memo(function Endpoints({ capture }: { readonly capture: Capture }) {
  const [first] = capture.connections;
  return (
    <>
      <div className={`${styles.endpoint} ${styles.browser}`}>
        <strong>{clientName(capture)}</strong>
        <span>{first ? first.client.address : 'not connected yet'}</span>
        <span>{clientPorts(capture.connections)}</span>
      </div>
      <div className={`${styles.endpoint} ${styles.server}`}>
        <strong>Lab server</strong>
        <span>{first ? first.server.address : 'waiting'}</span>
        <span>{first ? `port ${first.server.port}` : ''}</span>
      </div>
    </>
  );
});
