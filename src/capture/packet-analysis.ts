// Reads every packet of a file once: finds the TCP connections, puts their bytes in order, and gives
// those that speak HTTP or WebSocket to the analyzer. Makes no fields of headers: those are made for
// one packet at a time, when somebody looks at it.

import { type Bytes, EMPTY } from '../lib/bytes.ts';
import { type Micros, micros } from '../lib/time.ts';
import { type Analyzer, createAnalyzer } from './analyzer.ts';
import type { Capture, Frame } from './capture.ts';
import { PacketConnection, type Side } from './packet-connection.ts';
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
import type { Closed, Direction, TapRecord } from './record.ts';

/** A packet's place in its connection. */
export interface PacketPlace {
  readonly connection: PacketConnection;
  readonly side: Side;
  /** What its data was to the stream; absent without data. */
  readonly role?: SegmentRole;
}

export interface PacketAnalysis {
  readonly file: PacketFile;
  /** The messages above TCP, for the views that draw any capture. */
  readonly messages: Capture;
  readonly connections: readonly PacketConnection[];
  /** µs since the first packet. */
  timeOf(packet: number): number;
  placeOf(packet: number): PacketPlace | undefined;
  /** The messages whose last byte that packet brought. */
  messagesOf(packet: number): readonly Frame[];
  /** The packets that carried a message. */
  packetsOf(message: Frame): readonly number[];
}

/** Packets between two reports of progress. */
const STEP = 500;

/** Reads all packets; yields how many it has read, often enough to keep a page alive. */
export function* analyzePackets(file: PacketFile): Generator<number, PacketAnalysis> {
  const reader = new PacketReader(file);
  for (let i = 0; i < file.packets.length; i++) {
    reader.take(i, file.packets[i] as FilePacket);
    if (i % STEP === STEP - 1) yield i + 1;
  }
  return reader.finish();
}

const ROLES: readonly (SegmentRole | undefined)[] = [
  undefined,
  'new',
  'retransmission',
  'overlap',
  'out-of-order',
  'after-gap',
];

type Unnumbered = TapRecord extends infer R
  ? R extends unknown
    ? Omit<R, 'seq' | 'at'>
    : never
  : never;

class PacketReader {
  readonly #file: PacketFile;
  readonly #analyzer: Analyzer;
  readonly #connections: PacketConnection[] = [];
  /** By the lower end's key, then by the higher's. */
  readonly #known = new Map<EndKey, Map<EndKey, PacketConnection>>();
  readonly #opened = new Set<number>();
  /** For each packet: twice its connection's id, plus the side; and its role's index. */
  readonly #places: Int32Array;
  readonly #roles: Uint8Array;
  readonly #messages = new Map<number, Frame[]>();
  readonly #start: number;
  #seq = 0;
  #now = 0;
  /** The packet that is being read. */
  #packet = 0;
  #isOver = false;

  constructor(file: PacketFile) {
    this.#file = file;
    this.#places = new Int32Array(file.packets.length);
    this.#roles = new Uint8Array(file.packets.length);
    this.#start = file.packets[0]?.at ?? 0;
    this.#analyzer = createAnalyzer({
      provenance: 'recorded',
      onFrame: (frame) => this.#own(frame),
    });
  }

  #own(frame: Frame): void {
    const found = this.#messages.get(this.#packet);
    if (found) found.push(frame);
    else this.#messages.set(this.#packet, [frame]);
  }

  take(i: number, packet: FilePacket): void {
    const { bytes } = this.#file;
    this.#packet = i;
    this.#now = Math.max(this.#now, packet.at - this.#start);
    const link = linkPayload(packet.linkType, bytes, packet.start, packet.end);
    const ip = link && isIp(link.etherType) ? ipParts(bytes, link.at, packet.end) : undefined;
    if (ip?.protocol !== IP_PROTOCOL.tcp || ip.isFragment) return;
    const header = tcpHeader(bytes, ip.payloadAt, ip.end);
    if (!header) return;
    const payload = header.payloadAt < ip.end ? bytes.subarray(header.payloadAt, ip.end) : EMPTY;
    const { connection, side } = this.#find(ip, header);
    this.#places[i] = connection.id * 2 + side;
    const role = connection.take({ side, header, payload, packet: i });
    this.#roles[i] = ROLES.indexOf(role);
  }

  #find(ip: IpParts, header: TcpHeader): { connection: PacketConnection; side: Side } {
    const { bytes } = this.#file;
    const source = endKey(bytes, ip, 'source', header.sourcePort);
    const destination = endKey(bytes, ip, 'destination', header.destinationPort);
    const side: Side = source <= destination ? 0 : 1;
    const [low, high] = side === 0 ? [source, destination] : [destination, source];
    const peers = this.#known.get(low) ?? new Map<EndKey, PacketConnection>();
    const known = peers.get(high);
    if (known && !known.isReopenedBy(side, header)) return { connection: known, side };
    known?.finish();
    const sender = { address: addressText(bytes, ip, 'source'), port: header.sourcePort };
    const receiver = {
      address: addressText(bytes, ip, 'destination'),
      port: header.destinationPort,
    };
    const connection = new PacketConnection(
      this.#connections.length + 1,
      side === 0 ? [sender, receiver] : [receiver, sender],
      { side, header },
      this.#sink,
    );
    this.#connections.push(connection);
    this.#known.set(low, peers.set(high, connection));
    return { connection, side };
  }

  readonly #sink = {
    chunk: (connection: PacketConnection, direction: Direction, bytes: Bytes, packet: number) => {
      if (this.#isOver) this.#packet = packet;
      if (!this.#opened.has(connection.id)) this.#open(connection);
      this.#push({ kind: 'chunk', connection: connection.id, direction, bytes });
    },
    gap: ({ id }: PacketConnection): void => this.#analyzer.gap(id),
    close: (
      { id }: PacketConnection,
      closed: Pick<Closed, 'by' | 'how' | 'half'>,
      packet: number,
    ) => {
      if (!this.#opened.has(id)) return;
      const [now, current] = [this.#now, this.#packet];
      // A reset is told late, and happened when its packet came.
      if (packet !== current) this.#now = Math.min(now, this.#timeOf(packet));
      this.#packet = packet;
      this.#push({ kind: 'close', connection: id, ...closed });
      [this.#now, this.#packet] = [now, current];
    },
  };

  /** One that was not seen from its beginning is read from where it can be. */
  #open({ id, isWhole, client, server }: PacketConnection): void {
    this.#opened.add(id);
    if (isWhole) this.#push({ kind: 'open', connection: id, lane: '', client, server });
  }

  #push(record: Unnumbered): void {
    this.#analyzer.push({ ...record, seq: ++this.#seq, at: micros(this.#now) });
  }

  finish(): PacketAnalysis {
    this.#isOver = true;
    for (const connection of this.#connections) connection.finish();
    const messages = this.#named(this.#analyzer.capture());
    return {
      file: this.#file,
      messages,
      connections: this.#connections,
      timeOf: (packet) => this.#timeOf(packet),
      placeOf: (packet) => this.#placeOf(packet),
      messagesOf: (packet) => this.#messages.get(packet) ?? [],
      packetsOf: ({ connection, direction, offset, sources }) =>
        this.#connections[connection - 1]?.packetsOf(
          direction,
          offset,
          offset + (sources[0]?.bytes.length ?? 0),
        ) ?? [],
    };
  }

  #timeOf(packet: number): number {
    return (this.#file.packets[packet]?.at ?? this.#start) - this.#start;
  }

  #placeOf(packet: number): PacketPlace | undefined {
    const place = this.#places[packet] ?? 0;
    const connection = this.#connections[(place >> 1) - 1];
    if (!connection) return undefined;
    const role = ROLES[this.#roles[packet] ?? 0];
    return { connection, side: place & 1 ? 1 : 0, ...(role && { role }) };
  }

  /** The analyzer does not know the ends of connections whose beginning it did not see; we do. */
  #named(capture: Capture): Capture {
    const connections = capture.connections.map((connection) => {
      const seen = this.#connections[connection.id - 1];
      return seen ? { ...connection, client: seen.client, server: seen.server } : connection;
    });
    const endAt: Micros = micros(Math.max(capture.endAt, this.#now));
    return { ...capture, connections, endAt };
  }
}

const isIp = (etherType: number): boolean => etherType === 0x0800 || etherType === 0x86dd;
