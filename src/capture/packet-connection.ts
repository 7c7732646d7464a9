// One TCP connection as its packets tell it: who is the client, which bytes each side sent in order,
// what carried them, and how it ended. Knows of messages only whether they may be HTTP or WebSocket.

import { type Bytes, u8 } from '../lib/bytes.ts';
import { TCP_FLAG } from '../wire/tcp.ts';
import { readFrameHeader } from '../wire/websocket.ts';
import type { TcpHeader } from './packet-headers.ts';
import { Reassembly, type SegmentRole } from './reassembly.ts';
import type { Closed, Direction, Endpoint } from './record.ts';

/** What a connection tells of itself, in the order of its packets. */
export interface ConnectionSink {
  chunk(connection: PacketConnection, direction: Direction, bytes: Bytes, packet: number): void;
  gap(connection: PacketConnection): void;
  close(
    connection: PacketConnection,
    closed: Pick<Closed, 'by' | 'how' | 'half'>,
    packet: number,
  ): void;
}

/** `10.0.0.1:443`, `[::1]:443`. */
export const endText = ({ address, port }: Endpoint): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

export type Side = 0 | 1;
const other = (side: Side): Side => (side === 0 ? 1 : 0);

/** Which packets carried which bytes of one direction. */
interface Carriage {
  /** Offsets in the stream behind each piece, and the packet that brought it. */
  readonly ends: number[];
  readonly packets: number[];
}

interface State {
  readonly stream: Reassembly;
  readonly carriage: Carriage;
  /** The sequence number before the first byte, as Wireshark counts relative numbers. */
  first?: number;
  finAt?: number;
  isEnded: boolean;
}

/** One segment of it, and where it was found. */
export interface SeenSegment {
  readonly side: Side;
  readonly header: TcpHeader;
  readonly payload: Bytes;
  readonly packet: number;
}

export class PacketConnection {
  readonly id: number;
  readonly ends: readonly [Endpoint, Endpoint];
  readonly endTexts: readonly [string, string];
  /** Seen from its SYN. */
  readonly isWhole: boolean;
  clientSide: Side;
  /** What it speaks, once known: only messages are read further. */
  speaks: 'unknown' | 'messages' | 'something else' = 'unknown';
  isClosed = false;
  /** The segment that reset it. What the other side had sent before it knew may still come. */
  #reset: { readonly side: Side; readonly packet: number } | undefined;
  readonly #sides: readonly [State, State];
  readonly #sink: ConnectionSink;

  constructor(
    id: number,
    ends: readonly [Endpoint, Endpoint],
    { side, header }: Pick<SeenSegment, 'side' | 'header'>,
    sink: ConnectionSink,
  ) {
    this.id = id;
    this.ends = ends;
    this.endTexts = [endText(ends[0]), endText(ends[1])];
    this.#sink = sink;
    const isSyn = (header.flags & TCP_FLAG.SYN) !== 0;
    this.isWhole = isSyn;
    const isFromServer = isSyn
      ? (header.flags & TCP_FLAG.ACK) !== 0
      : ends[side].port < ends[other(side)].port;
    this.clientSide = isFromServer ? other(side) : side;
    this.#sides = [this.#state(0), this.#state(1)];
  }

  #state(side: Side): State {
    const carriage: Carriage = { ends: [], packets: [] };
    const stream = new Reassembly({
      data: (bytes, packet) => this.#data(side, bytes, packet),
      gap: () => this.#sink.gap(this),
    });
    return { stream, carriage, isEnded: false };
  }

  get client(): Endpoint {
    return this.ends[this.clientSide];
  }

  get server(): Endpoint {
    return this.ends[other(this.clientSide)];
  }

  directionOf(side: Side): Direction {
    return side === this.clientSide ? 'up' : 'down';
  }

  /** The number from which relative sequence numbers of that side count. */
  firstSeq(side: Side): number | undefined {
    return this.#sides[side].first;
  }

  /** Whether this SYN opens another connection between the same ends. */
  isReopenedBy(side: Side, { seq, flags }: TcpHeader): boolean {
    if ((flags & (TCP_FLAG.SYN | TCP_FLAG.ACK)) !== TCP_FLAG.SYN) return false;
    return this.isClosed || this.#reset !== undefined || this.#sides[side].first !== seq;
  }

  take({ side, header, payload, packet }: SeenSegment): SegmentRole | undefined {
    const mine = this.#sides[side];
    const { flags } = header;
    const isSyn = (flags & TCP_FLAG.SYN) !== 0;
    const seq = isSyn ? (header.seq + 1) >>> 0 : header.seq;
    mine.first ??= isSyn ? header.seq : (seq - 1) >>> 0;
    mine.stream.start(seq);
    if (flags & TCP_FLAG.ACK) this.#sides[other(side)].stream.acknowledged(header.ack);
    const role = payload.length === 0 ? undefined : mine.stream.take(seq, payload, packet);
    if (flags & TCP_FLAG.FIN) mine.finAt ??= (seq + payload.length) >>> 0;
    if (flags & TCP_FLAG.RST) this.#reset ??= { side, packet };
    this.#endIfDone(side, packet);
    return role;
  }

  #data(side: Side, bytes: Bytes, packet: number): void {
    if (this.isClosed) return;
    const { carriage } = this.#sides[side];
    if (this.speaks === 'unknown') this.#listen(side, bytes);
    carriage.ends.push((carriage.ends.at(-1) ?? 0) + bytes.length);
    carriage.packets.push(packet);
    if (this.speaks === 'messages') {
      this.#sink.chunk(this, this.directionOf(side), bytes, packet);
    }
  }

  /** Decided by the first bytes of either side. */
  #listen(side: Side, bytes: Bytes): void {
    const http = httpSpeaker(bytes);
    const socket = http || this.isWhole ? undefined : webSocketSpeaker(bytes);
    const speaker = http ?? socket;
    this.speaks = speaker ? 'messages' : 'something else';
    if (speaker && !this.isWhole) this.clientSide = speaker === 'client' ? side : other(side);
  }

  #endIfDone(side: Side, packet: number): void {
    const state = this.#sides[side];
    if (this.isClosed || state.isEnded || state.finAt === undefined) return;
    if (state.stream.next !== state.finAt) return;
    state.isEnded = true;
    this.isClosed = this.#sides[other(side)].isEnded;
    const closed = { by: this.#who(side), how: 'fin' } as const;
    this.#sink.close(this, this.isClosed ? closed : { ...closed, half: true }, packet);
  }

  #who(side: Side): 'client' | 'server' {
    return side === this.clientSide ? 'client' : 'server';
  }

  /** No packet of it follows: what waits for missing bytes is given all the same. */
  finish(): void {
    for (const { stream } of this.#sides) stream.finish();
    if (this.isClosed || !this.#reset) return;
    this.isClosed = true;
    const { side, packet } = this.#reset;
    this.#sink.close(this, { by: this.#who(side), how: 'reset' }, packet);
  }

  /** The packets that brought the bytes `[from, to)` of that direction. */
  packetsOf(direction: Direction, from: number, to: number): number[] {
    const { ends, packets } = this.#carriage(direction);
    const found: number[] = [];
    for (let i = firstBehind(ends, from); i < ends.length; i++) {
      found.push(packets[i] ?? 0);
      if ((ends[i] ?? 0) >= to) break;
    }
    return found;
  }

  /** The stretch of the stream that ends with the byte at `offset`'s piece, and its packet. */
  pieceAt(direction: Direction, offset: number) {
    const { ends, packets } = this.#carriage(direction);
    const i = firstBehind(ends, offset);
    const [end, packet] = [ends[i], packets[i]];
    return end === undefined || packet === undefined
      ? undefined
      : { start: ends[i - 1] ?? 0, end, packet };
  }

  #carriage(direction: Direction): Carriage {
    return this.#sides[direction === 'up' ? this.clientSide : other(this.clientSide)].carriage;
  }
}

/** The index of the first number above `value`, in ascending numbers. */
function firstBehind(numbers: readonly number[], value: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

const METHODS = ['GET ', 'POST ', 'PUT ', 'HEAD ', 'DELETE ', 'OPTIONS ', 'PATCH '];
const LONGEST = 8;

/** Who speaks, if these first bytes are an HTTP/1 message; the beginning of its first word is enough. */
function httpSpeaker(bytes: Bytes): 'client' | 'server' | undefined {
  const text = String.fromCharCode(...bytes.subarray(0, LONGEST));
  const isLike = (word: string) =>
    text.length < word.length ? word.startsWith(text) : text.startsWith(word);
  if (isLike('HTTP/1.')) return 'server';
  return METHODS.some(isLike) ? 'client' : undefined;
}

const OPCODES: ReadonlySet<number> = new Set([0, 1, 2, 8, 9, 10]);

/** Who speaks, if the bytes are nothing but whole WebSocket frames: the mask says it. */
function webSocketSpeaker(bytes: Bytes): 'client' | 'server' | undefined {
  const isMasked = bytes.length > 1 && u8(bytes, 1) >= 0x80;
  for (let at = 0; at < bytes.length; ) {
    const header = readFrameHeader(bytes.subarray(at, at + 14));
    if (!header || !OPCODES.has(header.opcode) || (header.rsv & 3) !== 0) return undefined;
    if ((header.maskingKey !== undefined) !== isMasked) return undefined;
    at += header.headerLength + header.payloadLength;
    if (at > bytes.length) return undefined;
  }
  return isMasked ? 'client' : 'server';
}
