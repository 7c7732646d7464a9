// A tap's records as a pcapng file that Wireshark opens, and such a file as records again. Blocks
// are left to pcapng-blocks.ts and packets to export-packets.ts.
import { type Bytes, concat, EMPTY } from '../lib/bytes.ts';
import { micros } from '../lib/time.ts';
import { dissectIp, ipPayload } from '../wire/ip.ts';
import { fieldValue, type Layer, type Problem } from '../wire/layer.ts';
import { readTcp, TCP_FLAG, type TcpSegment } from '../wire/tcp.ts';
import { ExportedConnection, type Packet, UNSEEN_CLIENT } from './export-packets.ts';
import { LINK } from './link-types.ts';
import type { FilePacket } from './packet-file.ts';
import { writeInterface, writeLocal, writePacket, writeSection } from './pcapng-blocks.ts';
import { readLink, writeLink } from './pcapng-link.ts';
import { readNote, writeNote } from './pcapng-notes.ts';
import { type LocalBlock, type PcapngFile, readPcapngFile } from './pcapng-read.ts';
import { type PacketNote, readComment, SECTION_COMMENT } from './provenance-comments.ts';
import { type Direction, isOfWire, type TapRecord, type WireRecord } from './record.ts';

/**
 * The file for records in the order of their `seq`, times rounded to whole µs. A chunk without bytes
 * leaves no trace; addresses that the tap did not see are filled in, and the packets say so.
 * A program's note, or one of the link, becomes a block for local use, which only we read.
 */
export function writePcapng(records: readonly TapRecord[]): Bytes {
  const connections = new Map<number, ExportedConnection>();
  const lastOf = new Map(
    records.flatMap((record, i) => (isOfWire(record) ? [[record.connection, i] as const] : [])),
  );
  const parts = [writeSection(SECTION_COMMENT), writeInterface()];
  for (const [i, record] of records.entries()) {
    // The file derives its packets, all in one way; those of the system would stand among them.
    if (record.kind === 'packet') continue;
    if (!isOfWire(record)) {
      parts.push(writeLocal(record.kind === 'note' ? writeNote(record) : writeLink(record)));
      continue;
    }
    const known = connections.get(record.connection);
    const opened = record.kind === 'open' ? record : undefined;
    const connection = known ?? new ExportedConnection(record.connection, opened);
    connections.set(record.connection, connection);
    const packets = known && opened ? [] : packetsOf(connection, record);
    if (lastOf.get(record.connection) === i) packets.push(...connection.finish());
    for (const { bytes, comment } of packets) parts.push(writePacket(record.at, bytes, comment));
  }
  return concat(...parts);
}

function packetsOf(connection: ExportedConnection, record: WireRecord): Packet[] {
  if (record.kind === 'open') return connection.open();
  if (record.kind === 'chunk') return connection.chunk(record.direction, record.bytes);
  return connection.close(record);
}

/**
 * The records of a file that `writePcapng` made, numbered from 1. Total: what was read up to the first
 * problem, and that problem (its range are offsets in the file).
 */
export function readPcapng(bytes: Bytes): { records: TapRecord[]; problem?: Problem } {
  const file = readPcapngFile(bytes);
  const { packets, locals, problem: blockProblem } = file;
  const back = new RecordsBack(file);
  let problem: Problem | undefined;
  let next = 0;
  for (let i = 0; i <= packets.length && !problem; i++) {
    for (; locals[next]?.packetsBefore === i && !problem; next++) {
      problem = back.takeNote(locals[next] as LocalBlock);
    }
    const packet = packets[i];
    if (packet && !problem) problem = back.take(packet);
  }
  problem ??= blockProblem;
  const records = back.finish();
  return problem ? { records, problem } : { records };
}

/** The parts of a chunk whose last segment has not come yet. */
interface Pending {
  readonly at: number;
  readonly connection: number;
  readonly direction: Direction;
  readonly parts: Bytes[];
}

interface Seen {
  /** Who the client is, as `address port`. */
  readonly client: string;
  isClosed: boolean;
}

/** Puts records together again, packet by packet. */
class RecordsBack {
  readonly #records: TapRecord[] = [];
  readonly #seen = new Map<number, Seen>();
  readonly #pending = new Map<string, Pending>();
  readonly #file: PcapngFile;

  constructor(file: PcapngFile) {
    this.#file = file;
  }

  takeNote({ body, range }: LocalBlock): Problem | undefined {
    const note = readNote(body) ?? readLink(body);
    if (note === 'broken') {
      const message = `The note in the block at byte ${range[0]} cannot be read.`;
      return { code: 'pcapng/bad-note', message, range };
    }
    if (note) this.#push(note);
    return undefined;
  }

  take(packet: FilePacket): Problem | undefined {
    const { block, start, end } = packet;
    const refuse = (code: Problem['code'], why: string): Problem => ({
      code,
      message: `The packet in the block at byte ${block} ${why}.`,
      range: [block, end],
    });
    const note = readComment(this.#file.commentOf(packet));
    if (!note || packet.linkType !== LINK.raw) {
      return refuse(
        'pcapng/not-ours',
        'was not written by Wirelight; only its own exports can be read',
      );
    }
    if (packet.length > end - start) return refuse('pcapng/cut-packet', 'was not kept whole');
    const bytes = this.#file.bytes.subarray(start, end);
    const ip = dissectIp(bytes, [0, bytes.length]);
    const payload = ipPayload(bytes, ip);
    const segment = payload?.protocol === 6 ? readTcp(bytes.subarray(...payload.range)) : undefined;
    if (!segment) return refuse('pcapng/bad-packet', 'is no TCP segment that can be read');
    this.#takeSegment(packet.at, note, ip, segment);
    return undefined;
  }

  #takeSegment(at: number, note: PacketNote, ip: Layer, segment: TcpSegment): void {
    const { connection, lane, kind } = note;
    const address = (end: 'src' | 'dst') =>
      String(fieldValue(ip, `ip.${end}`) ?? fieldValue(ip, `ipv6.${end}`) ?? '');
    const sender = { address: address('src'), port: segment.sourcePort };
    const receiver = { address: address('dst'), port: segment.destinationPort };
    const name = `${sender.address} ${sender.port}`;
    const isSyn =
      kind === 'open' && (segment.flags & (TCP_FLAG.SYN | TCP_FLAG.ACK)) === TCP_FLAG.SYN;
    let seen = this.#seen.get(connection);
    if (!seen) {
      const unseenClient = `${UNSEEN_CLIENT} ${sender.address === UNSEEN_CLIENT ? sender.port : receiver.port}`;
      seen = { client: isSyn ? name : unseenClient, isClosed: false };
      this.#seen.set(connection, seen);
      if (isSyn) {
        const ends = { lane, client: sender, server: receiver };
        this.#push({ kind: 'open', at: micros(at), connection, ...ends });
      }
    }
    const isClient = name === seen.client;
    const direction = isClient ? 'up' : 'down';
    if (kind === 'chunk') this.#takeChunk(at, connection, direction, segment);
    if ((kind === 'close' || kind === 'half-close') && !seen.isClosed) {
      seen.isClosed = kind === 'close';
      const how = segment.flags & TCP_FLAG.RST ? 'reset' : 'fin';
      const by = isClient ? 'client' : 'server';
      const close = { kind: 'close', at: micros(at), connection, by, how } as const;
      this.#push(kind === 'close' ? close : { ...close, half: true });
    }
  }

  #takeChunk(at: number, connection: number, direction: Direction, segment: TcpSegment): void {
    const key = `${connection} ${direction}`;
    const chunk = this.#pending.get(key) ?? { at, connection, direction, parts: [] };
    chunk.parts.push(segment.payload);
    this.#pending.set(key, chunk);
    if (segment.flags & TCP_FLAG.PSH) this.#complete(key, chunk);
  }

  #complete(key: string, { at, connection, direction, parts }: Pending): void {
    this.#pending.delete(key);
    const bytes = concat(EMPTY, ...parts);
    this.#push({ kind: 'chunk', at: micros(at), connection, direction, bytes });
  }

  #push(record: DistributiveOmit<TapRecord, 'seq'>): void {
    this.#records.push({ ...record, seq: this.#records.length + 1 });
  }

  /** A chunk whose end the file lacks is given as far as it goes. */
  finish(): TapRecord[] {
    for (const [key, chunk] of [...this.#pending]) this.#complete(key, chunk);
    return this.#records;
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
