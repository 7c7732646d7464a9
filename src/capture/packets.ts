// Packets that were seen at both ends of a link, as a capture that views can draw, and as a pcapng
// file of one end. Knows nothing of who made them.

import { type Bytes, concat } from '../lib/bytes.ts';
import { join } from '../lib/join.ts';
import { type Micros, micros } from '../lib/time.ts';
import { fieldValue, type Layer } from '../wire/layer.ts';
import type { Capture, Connection, Frame } from './capture.ts';
import { LINK } from './link-types.ts';
import { packetLayers } from './packet-layers.ts';
import { writeInterface, writePacket, writeSection } from './pcapng-blocks.ts';
import type { Direction, Endpoint } from './record.ts';
import type { Transit } from './transit.ts';

/** One IP packet and its way over the link; of a duplicate one for each copy. */
export interface PacketRecord extends Transit {
  readonly bytes: Bytes;
  /** What `bytes` begins with, where that is not an IP header. */
  readonly linkType?: number;
}

/** A frame that is one IP packet; `at` and `firstAt` are when it left. */
interface PacketFrame extends Frame {
  readonly transit: Transit;
  readonly lost?: true;
}

interface PacketCapture extends Capture {
  readonly frames: readonly PacketFrame[];
}

/**
 * A capture whose frames are packets, in the order in which they left. `hosts` are the two ends of the
 * link, the client first.
 */
export function createPacketCapture(
  records: readonly PacketRecord[],
  provenance: Capture['provenance'],
): PacketCapture {
  const ordered = [...records].sort((a, b) => a.leftAt - b.leftAt);
  const known = new Map<string, OpenConnection>();
  const frames = ordered.map((record, id) => frameOf(record, id, known));
  const endAt = ordered.reduce((end, one) => Math.max(end, one.arrivedAt ?? one.leftAt), 0);
  return {
    ...NOTHING_ELSE,
    provenance,
    connections: [...known.values()].map(({ connection }) => connection),
    frames,
    endAt: micros(endAt),
  };
}

/** What a tap would know and a link does not. */
const NOTHING_ELSE = {
  pairs: [],
  notes: [],
  faults: [],
  dropped: { records: 0, bytes: 0 },
} as const;

interface OpenConnection {
  connection: Connection;
  readonly sent: Record<Direction, number>;
  readonly ended: Set<Direction>;
}

function frameOf(
  record: PacketRecord,
  id: number,
  known: Map<string, OpenConnection>,
): PacketFrame {
  const { bytes, linkType = LINK.raw, ...transit } = record;
  const layers = packetLayers(linkType, bytes);
  const carried = linkType === LINK.ethernet ? layers.slice(1) : layers;
  const [sender, receiver] = endsOf(carried);
  const names = [sender, receiver].map(({ address, port }) => `${address} ${port}`);
  const key = [...names, carried[1]?.protocol ?? carried[0]?.protocol ?? 'ip'].sort().join(' ');
  const found = known.get(key) ?? open(known, key, sender, receiver, transit);
  const direction: Direction = isSame(found.connection.client, sender) ? 'up' : 'down';
  const offset = found.sent[direction];
  found.sent[direction] += bytes.length;
  close(found, direction, carried[1], transit);
  return {
    id,
    firstAt: transit.leftAt,
    at: transit.leftAt,
    connection: found.connection.id,
    direction,
    offset,
    sources: [{ origin: 'wire', bytes }],
    layers,
    transit,
    ...(transit.arrivedAt === undefined && { lost: true }),
  };
}

function endsOf([ip, inner]: readonly Layer[]): [Endpoint, Endpoint] {
  const end = (name: 'src' | 'dst', port: string): Endpoint => ({
    address: String(
      (ip &&
        (fieldValue(ip, `ip.${name}`) ??
          fieldValue(ip, `ipv6.${name}`) ??
          fieldValue(ip, `arp.${name}.proto_ipv4`))) ??
        '',
    ),
    port: inner ? Number(fieldValue(inner, `${inner.protocol}.${port}`) ?? 0) : 0,
  });
  return [end('src', 'srcport'), end('dst', 'dstport')];
}

const isSame = (a: Endpoint, b: Endpoint): boolean => a.address === b.address && a.port === b.port;

function open(
  known: Map<string, OpenConnection>,
  key: string,
  client: Endpoint,
  server: Endpoint,
  { from, leftAt }: Transit,
): OpenConnection {
  const id = known.size + 1;
  const connection: Connection = {
    id,
    lane: from,
    client,
    server,
    openedAt: leftAt,
    role: 'unknown',
  };
  const made = { connection, sent: { up: 0, down: 0 }, ended: new Set<Direction>() };
  known.set(key, made);
  return made;
}

/** A reset ends a connection at once, a FIN when the other side has sent one too. */
function close(
  found: OpenConnection,
  direction: Direction,
  inner: Layer | undefined,
  { arrivedAt }: Transit,
): void {
  if (inner?.protocol !== 'tcp' || arrivedAt === undefined || found.connection.closed) return;
  const by = direction === 'up' ? 'client' : 'server';
  if (fieldValue(inner, 'tcp.flags.reset') === true) {
    found.connection = { ...found.connection, closed: { at: arrivedAt, by, how: 'reset' } };
  } else if (fieldValue(inner, 'tcp.flags.fin') === true) {
    const [first] = found.ended.add(direction);
    if (found.ended.size < 2) return;
    const who = first === 'up' ? 'client' : 'server';
    found.connection = { ...found.connection, closed: { at: arrivedAt, by: who, how: 'fin' } };
  }
}

/** The packets as a capture at `host` has them: its own when they leave, the others on arrival. */
export function writePacketFile(
  records: readonly PacketRecord[],
  host: string,
  comment: string,
): Bytes {
  const seen: { at: Micros; bytes: Bytes; why: string }[] = [];
  for (const { from, to, leftAt, arrivedAt, bytes, arrivedBytes, why } of records) {
    if (from === host) seen.push({ at: leftAt, bytes, why });
    else if (to === host && arrivedAt !== undefined)
      seen.push({ at: arrivedAt, bytes: arrivedBytes ?? bytes, why });
  }
  seen.sort((a, b) => a.at - b.at);
  const linkType = records[0]?.linkType ?? LINK.raw;
  const blocks = seen.map(({ at, bytes, why }) => writePacket(at, bytes, `Modelled: ${why}.`));
  return concat(writeSection(comment), writeInterface(linkType), join(blocks));
}
