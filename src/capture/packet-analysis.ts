// Reads every packet of a file once: gives the bytes of those connections that speak HTTP or WebSocket to
// the analyzer. Makes no fields of headers: those are made for one packet at a time, when somebody looks
// at it.

import type { Bytes } from '../lib/bytes.ts';
import { type Micros, micros } from '../lib/time.ts';
import { type Analyzer, createAnalyzer } from './analyzer.ts';
import type { Capture, Frame } from './capture.ts';
import type { PacketConnection } from './packet-connection.ts';
import type { FilePacket, PacketFile } from './packet-file.ts';
import { type PacketPlaces, PacketStreams } from './packet-streams.ts';
import type { Closed, Direction, TapRecord } from './record.ts';

export interface PacketAnalysis extends PacketPlaces {
  /** The messages above TCP, for the views that draw any capture. */
  readonly messages: Capture;
  readonly connections: readonly PacketConnection[];
  /** The messages whose last byte that packet brought. */
  messagesOf(packet: number): readonly Frame[];
  /** The packets that carried a message. */
  packetsOf(message: Frame): readonly number[];
}

/** Packets between two reports of progress. */
const STEP = 500;

/**
 * Reads all packets; yields how many it has read, often enough to keep a page alive. Messages are read of
 * the connections that `isRead` names, by default of all.
 */
export function* analyzePackets(
  file: PacketFile,
  isRead: (connection: number) => boolean = () => true,
): Generator<number, PacketAnalysis> {
  const reader = new PacketReader(file, isRead);
  for (let i = 0; i < file.packets.length; i++) {
    reader.take(i, file.packets[i] as FilePacket);
    if (i % STEP === STEP - 1) yield i + 1;
  }
  return reader.finish();
}

type Unnumbered = TapRecord extends infer R
  ? R extends unknown
    ? Omit<R, 'seq' | 'at'>
    : never
  : never;

class PacketReader {
  readonly #streams: PacketStreams;
  readonly #isRead: (connection: number) => boolean;
  readonly #analyzer: Analyzer;
  readonly #opened = new Set<number>();
  readonly #messages = new Map<number, Frame[]>();
  #seq = 0;
  #now = 0;
  /** The packet that is being read. */
  #packet = 0;
  #isOver = false;

  constructor(file: PacketFile, isRead: (connection: number) => boolean) {
    this.#isRead = isRead;
    this.#streams = new PacketStreams(file, this.#sink);
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
    this.#packet = i;
    this.#now = Math.max(this.#now, this.#streams.timeOf(i));
    this.#streams.take(i, packet);
  }

  readonly #sink = {
    chunk: (connection: PacketConnection, direction: Direction, bytes: Bytes, packet: number) => {
      if (!this.#isRead(connection.id)) return;
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
      if (packet !== current) this.#now = Math.min(now, this.#streams.timeOf(packet));
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
    const streams = this.#streams;
    const { connections } = streams;
    streams.finish();
    const messages = this.#named(this.#analyzer.capture());
    return {
      file: streams.file,
      messages,
      connections,
      timeOf: (packet) => streams.timeOf(packet),
      placeOf: (packet) => streams.placeOf(packet),
      messagesOf: (packet) => this.#messages.get(packet) ?? [],
      packetsOf: ({ connection, direction, offset, sources }) =>
        connections[connection - 1]?.packetsOf(
          direction,
          offset,
          offset + (sources[0]?.bytes.length ?? 0),
        ) ?? [],
    };
  }

  /** The analyzer does not know the ends of connections whose beginning it did not see; we do. */
  #named(capture: Capture): Capture {
    const connections = capture.connections.map((connection) => {
      const seen = this.#streams.connections[connection.id - 1];
      return seen ? { ...connection, client: seen.client, server: seen.server } : connection;
    });
    const endAt: Micros = micros(Math.max(capture.endAt, this.#now));
    return { ...capture, connections, endAt };
  }
}
