// Puts the packets of a file into TCP connections, in the order of the file, and remembers each one's
// place. What the connections say goes to a sink; knows nothing of messages.

import { type Bytes, EMPTY } from '../lib/bytes.ts';
import { type ConnectionSink, PacketConnection, type Side } from './packet-connection.ts';
import type { FilePacket, PacketFile } from './packet-file.ts';
import {
  addressText,
  type EndKey,
  endKey,
  IP_PROTOCOL,
  type IpParts,
  ipParts,
  linkPayload,
  type TcpHeader,
  tcpHeader,
} from './packet-headers.ts';
import type { SegmentRole } from './reassembly.ts';

/** A packet's place in its connection. */
export interface PacketPlace {
  readonly connection: PacketConnection;
  readonly side: Side;
  /** What its data was to the stream; absent without data. */
  readonly role?: SegmentRole;
}

/** Where the packets of a file belong. */
export interface PacketPlaces {
  readonly file: PacketFile;
  /** µs since the first packet. */
  timeOf(packet: number): number;
  placeOf(packet: number): PacketPlace | undefined;
}

const ROLES: readonly (SegmentRole | undefined)[] = [
  undefined,
  'new',
  'retransmission',
  'overlap',
  'out-of-order',
  'after-gap',
];

export class PacketStreams implements PacketPlaces {
  readonly file: PacketFile;
  readonly connections: PacketConnection[] = [];
  readonly #sink: ConnectionSink;
  /** By the lower end's key, then by the higher's. */
  readonly #known = new Map<EndKey, Map<EndKey, PacketConnection>>();
  /** The pair of ends that was found last: the next packet mostly has the same. */
  #last: { readonly low: EndKey; readonly high: EndKey; connection: PacketConnection } | undefined;
  /** For each packet: twice its connection's id, plus the side; and its role's index. */
  readonly #places: Int32Array;
  readonly #roles: Uint8Array;
  readonly #start: number;

  constructor(file: PacketFile, sink: ConnectionSink) {
    this.file = file;
    this.#sink = sink;
    this.#places = new Int32Array(file.packets.length);
    this.#roles = new Uint8Array(file.packets.length);
    this.#start = file.packets[0]?.at ?? 0;
  }

  /** In the order of the file. */
  take(i: number, packet: FilePacket): void {
    const { bytes } = this.file;
    const link = linkPayload(packet.linkType, bytes, packet.start, packet.end);
    const ip = link && isIp(link.etherType) ? ipParts(bytes, link.at, packet.end) : undefined;
    if (ip?.protocol !== IP_PROTOCOL.tcp || ip.isFragment) return;
    const header = tcpHeader(bytes, ip.payloadAt, ip.end);
    if (!header) return;
    const payload: Bytes =
      header.payloadAt < ip.end ? bytes.subarray(header.payloadAt, ip.end) : EMPTY;
    const source = endKey(bytes, ip, 'source', header.sourcePort);
    const destination = endKey(bytes, ip, 'destination', header.destinationPort);
    const side: Side = source <= destination ? 0 : 1;
    const [low, high] = side === 0 ? [source, destination] : [destination, source];
    const connection = this.#find(low, high, side, ip, header);
    this.#places[i] = connection.id * 2 + side;
    const role = connection.take({ side, header, payload, packet: i });
    if (role) this.#roles[i] = ROLES.indexOf(role);
  }

  #find(low: EndKey, high: EndKey, side: Side, ip: IpParts, header: TcpHeader): PacketConnection {
    const last = this.#last;
    const isLast = last !== undefined && last.low === low && last.high === high;
    const known = isLast ? last.connection : this.#known.get(low)?.get(high);
    if (known && !known.isReopenedBy(side, header)) {
      if (!isLast) this.#last = { low, high, connection: known };
      return known;
    }
    known?.finish();
    const connection = this.#begin(side, ip, header);
    const peers = this.#known.get(low) ?? new Map<EndKey, PacketConnection>();
    this.#known.set(low, peers.set(high, connection));
    this.#last = { low, high, connection };
    return connection;
  }

  #begin(side: Side, ip: IpParts, header: TcpHeader): PacketConnection {
    const { bytes } = this.file;
    const sender = { address: addressText(bytes, ip, 'source'), port: header.sourcePort };
    const receiver = {
      address: addressText(bytes, ip, 'destination'),
      port: header.destinationPort,
    };
    const connection = new PacketConnection(
      this.connections.length + 1,
      side === 0 ? [sender, receiver] : [receiver, sender],
      { side, header },
      this.#sink,
    );
    this.connections.push(connection);
    return connection;
  }

  /** No packet follows. */
  finish(): void {
    for (const connection of this.connections) connection.finish();
  }

  timeOf(packet: number): number {
    return (this.file.packets[packet]?.at ?? this.#start) - this.#start;
  }

  placeOf(packet: number): PacketPlace | undefined {
    const place = this.#places[packet] ?? 0;
    const connection = this.connections[(place >> 1) - 1];
    if (!connection) return undefined;
    const role = ROLES[this.#roles[packet] ?? 0];
    const side = place & 1 ? 1 : 0;
    return role ? { connection, side, role } : { connection, side };
  }
}

const isIp = (etherType: number): boolean => etherType === 0x0800 || etherType === 0x86dd;
