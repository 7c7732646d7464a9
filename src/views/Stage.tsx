// Two endpoints, a wire for each connection, and the packets on their way, placed by the playhead
// alone. Knows nothing of how time passes.

import { memo, useMemo } from 'react';
import type { Capture, Connection } from '../capture/capture.ts';
import { createTimeLens } from '../capture/time-lens.ts';
import { Capsule } from './Capsule.tsx';
import { CAPSULE_HEIGHT, shapeOf } from './capsule-shape.ts';
import { type Flight, flightsAt, stillsAt } from './flight.ts';
import { LANE_HEIGHT, lanesAt } from './lanes.ts';
import { ProvenanceLegend } from './ProvenanceLegend.tsx';
import styles from './Stage.module.css';
import { useSize } from './use-size.ts';
import type { ViewProps } from './view.ts';
import { Wire } from './Wire.tsx';

interface Props extends ViewProps {
  /** Draw each frame still, at the instant it passed. */
  readonly reducedMotion?: boolean;
  /** Frames after this instant stay off the wire. */
  readonly limit?: number | undefined;
}

export function Stage(props: Props) {
  const { capture, playhead, selection, onSelect, reducedMotion = false, limit } = props;
  const lens = useMemo(() => createTimeLens(capture), [capture]);
  const { ref, width } = useSize<HTMLDivElement>();
  const flights = reducedMotion
    ? stillsAt(capture, playhead)
    : flightsAt(capture, lens, playhead, limit);
  const { lanes, others } = lanesAt(capture, playhead);
  const height = Math.max(2, lanes.length) * LANE_HEIGHT;
  return (
    <figure className={styles.stage} aria-label="Packets between your browser and the lab server">
      <ProvenanceLegend
        provenance={capture.provenance}
        derived="the TCP and IP headers (dashed), and when the browser’s end saw it"
      />
      <div className={styles.scene}>
        <Endpoints capture={capture} />
        <div className={styles.wires} ref={ref}>
          <svg width={width} height={height} role="presentation">
            <Patterns />
            {lanes.map((connection, i) => (
              <Wire
                key={connection.id}
                connection={connection}
                y={i * LANE_HEIGHT}
                width={width}
                isClosed={(connection.closed?.at ?? Number.POSITIVE_INFINITY) <= playhead}
                isOpen={connection.openedAt <= playhead}
              />
            ))}
            {flights.map((flight) => (
              <Packet
                key={flight.frame.id}
                flight={flight}
                y={lanes.findIndex(({ id }) => id === flight.frame.connection) * LANE_HEIGHT}
                width={width}
                isSelected={selection?.frame === flight.frame.id}
                onSelect={onSelect}
              />
            ))}
          </svg>
          {others > 0 && <p className={styles.others}>and {others} other connections, quiet now</p>}
        </div>
      </div>
    </figure>
  );
}

interface PacketProps extends Pick<ViewProps, 'onSelect'> {
  readonly flight: Flight;
  readonly y: number;
  readonly width: number;
  readonly isSelected: boolean;
}

/** Pointer only: the same frames can be reached by key in the ladder and in the list. */
function Packet({ flight, y, width, isSelected, onSelect }: PacketProps) {
  if (y < 0) return null;
  const { frame, place, presence, hasArrived } = flight;
  const way = Math.max(0, width - shapeOf(frame).width - 4);
  const top = y + LANE_HEIGHT - CAPSULE_HEIGHT - 6;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the same choice by key is in the list.
    <g
      transform={`translate(${2 + place * way} ${top})`}
      opacity={0.25 + 0.75 * presence}
      className={styles.packet}
      onClick={() => onSelect({ frame: frame.id })}
    >
      <Capsule frame={frame} isSelected={isSelected} isHatched={!hasArrived} />
    </g>
  );
}

const Endpoints = memo(function Endpoints({ capture }: { readonly capture: Capture }) {
  const [first] = capture.connections;
  return (
    <>
      <div className={`${styles.endpoint} ${styles.browser}`}>
        <strong>Your browser</strong>
        <span>{first ? first.client.address : 'not connected yet'}</span>
        <span>{ports(capture.connections)}</span>
      </div>
      <div className={`${styles.endpoint} ${styles.server}`}>
        <strong>Lab server</strong>
        <span>{first ? first.server.address : 'waiting'}</span>
        <span>{first ? `port ${first.server.port}` : ''}</span>
      </div>
    </>
  );
});

function ports(connections: readonly Connection[]): string {
  const [only] = connections;
  if (!only) return '';
  return connections.length === 1 ? `port ${only.client.port}` : `${connections.length} ports`;
}

/** Hatching: bytes that cannot be read as they are. */
const Patterns = memo(function Patterns() {
  return (
    <defs>
      <pattern
        id="wirelight-hatch"
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="2" height="6" className={styles.hatch} />
      </pattern>
    </defs>
  );
});
