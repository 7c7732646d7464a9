// The IP packets that would have carried one frame: its own bytes, with the headers that an export
// puts before them. Derived, since a tap above TCP sees no packet.

import type { Bytes } from '../lib/bytes.ts';
import type { Capture, Frame } from './capture.ts';
import { ExportedConnection } from './export-packets.ts';

export interface DerivedPacket {
  readonly bytes: Bytes;
  /** Where the TCP header and its payload begin. */
  readonly tcpAt: number;
  readonly payloadAt: number;
  /** Offset in the frame of the payload's first byte. */
  readonly offset: number;
}

const wireBytes = ({ sources }: Frame): Bytes => sources[0]?.bytes ?? new Uint8Array(0);

/** In order, acknowledgements left out. Sequence numbers count what the connection carried before. */
export function derivedPackets(capture: Capture, frame: Frame): readonly DerivedPacket[] {
  const connection = capture.connections.find(({ id }) => id === frame.connection);
  if (!connection) return [];
  const { id, lane, client, server, openedAt: at } = connection;
  const exported = new ExportedConnection(id, {
    kind: 'open',
    seq: 1,
    at,
    connection: id,
    lane,
    client,
    server,
  });
  exported.open();
  for (const before of capture.frames) {
    if (before.id >= frame.id) break;
    if (before.connection === id) exported.chunk(before.direction, wireBytes(before));
  }
  let offset = 0;
  // The last packet is the other side's acknowledgement.
  return exported
    .chunk(frame.direction, wireBytes(frame))
    .slice(0, -1)
    .map(({ bytes }) => {
      const tcpAt = (bytes[0] ?? 0) >> 4 === 4 ? ((bytes[0] ?? 0) & 15) * 4 : 40;
      const payloadAt = tcpAt + ((bytes[tcpAt + 12] ?? 0) >> 4) * 4;
      const packet = { bytes, tcpAt, payloadAt, offset };
      offset += bytes.length - payloadAt;
      return packet;
    });
}
