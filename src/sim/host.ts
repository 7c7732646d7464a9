// A host: an address, its programs' sockets, and one way out. Gives each packet that arrives to the
// socket it is for, and answers what is for nobody (RFC 9293 §3.10.7.1).

import { type Bytes, u8, u16 } from '../lib/bytes.ts';
import { ICMP_CODE, ICMP_TYPE, type IcmpMessage, mtuOf } from '../wire/icmp.ts';
import { dissectIp } from '../wire/ip.ts';
import { formatAddress } from '../wire/ip-address.ts';
import { TCP_FLAG } from '../wire/tcp.ts';
import { cutIpv4, cutIpv6, Reassembler } from './fragments.ts';
import type { Delivery, Receiver } from './link.ts';
import {
  type Address,
  type Carried,
  type Ends,
  Packet,
  PROTOCOL,
  pieceOf,
  readPacket,
} from './packet.ts';
import type { Scheduler } from './scheduler.ts';
import { resetFor, type Segment } from './tcp/segment.ts';

/** One end of a connection, as the host knows it. */
export interface Socket {
  readonly localPort: number;
  readonly remote: Address;
  readonly remotePort: number;
  receive(segment: Segment): void;
  /** The longest payload that still fits the path. */
  onPathMtu(mss: number): void;
}

/** Makes the socket for a SYN that came to a port; `undefined` refuses it. */
export type Listener = (host: Host, remote: Address, remotePort: number) => Socket | undefined;

export type DatagramHandler = (payload: Bytes, remote: Address, remotePort: number) => void;

const OPENING = TCP_FLAG.SYN | TCP_FLAG.ACK | TCP_FLAG.RST;

export interface HostShape {
  readonly name: string;
  readonly address: Address;
  /** The longest packet its own link takes. */
  readonly mtu: number;
  /** Forbids routers to cut its IPv4 packets (DF). */
  readonly forbidsCutting: boolean;
}

export class Host implements Receiver {
  readonly address: Address;
  readonly scheduler: Scheduler;
  readonly #forbidsCutting: boolean;
  readonly #send: (packet: Packet) => void;
  readonly #sockets = new Map<string, Socket>();
  readonly #listeners = new Map<number, Listener>();
  readonly #datagrams = new Map<number, DatagramHandler>();
  readonly #reassembler = new Reassembler();
  /** The longest packet that the path takes, as far as known. */
  #pathMtu: number;
  #lastId = 0;

  constructor(
    { address, mtu, forbidsCutting }: HostShape,
    scheduler: Scheduler,
    send: (packet: Packet) => void,
  ) {
    this.address = address;
    this.#pathMtu = mtu;
    this.#forbidsCutting = forbidsCutting;
    this.scheduler = scheduler;
    this.#send = send;
  }

  listen(port: number, listener: Listener): void {
    this.#listeners.set(port, listener);
  }

  bind(port: number, handler: DatagramHandler): void {
    this.#datagrams.set(port, handler);
  }

  add(socket: Socket): void {
    this.#sockets.set(keyOf(socket.localPort, socket.remote, socket.remotePort), socket);
  }

  remove(socket: Socket): void {
    this.#sockets.delete(keyOf(socket.localPort, socket.remote, socket.remotePort));
  }

  send(remote: Address, carried: Carried, why: string): void {
    const ends = { source: this.address, destination: remote };
    const mayBeCut = !this.#forbidsCutting;
    const id = mayBeCut ? this.#nextId() : 0;
    const packet = new Packet(ends, carried, why, undefined, { mayBeCut, id });
    if (packet.length <= this.#pathMtu) this.#send(packet);
    else this.#sendInPieces(ends, carried, why);
  }

  /** What is too long for the path is cut here, where that is allowed (RFC 8200 §5, RFC 791). */
  #sendInPieces(ends: Ends, carried: Carried, why: string): void {
    const id = this.#nextId();
    const { bytes } = new Packet(ends, carried, why, undefined, { mayBeCut: true, id });
    const isSix = this.address.bytes.length === 16;
    const pieces = isSix ? cutIpv6(bytes, this.#pathMtu, id) : cutIpv4(bytes, this.#pathMtu);
    for (const piece of pieces) this.#send(pieceOf(ends, piece, `fragment of: ${why}`));
  }

  #nextId(): number {
    this.#lastId = (this.#lastId % 0xffff) + 1;
    return this.#lastId;
  }

  receive(packet: Packet, delivery: Delivery): void {
    const whole = this.#wholeOf(packet, delivery);
    if (!whole || whole.destination.text !== this.address.text) return;
    const { carried, source } = whole;
    if (carried.kind === 'tcp') {
      const { sourcePort, destinationPort } = carried.ports;
      this.#receiveSegment(carried.segment, source, sourcePort, destinationPort);
    } else if (carried.kind === 'udp') {
      const { sourcePort, destinationPort, payload } = carried.datagram;
      const handler = this.#datagrams.get(destinationPort);
      if (handler) handler(payload, source, sourcePort);
      else this.#sayUnreachable(whole);
    } else if (carried.kind === 'icmp') this.#receiveIcmp(carried.message);
  }

  /** The packet itself, or the one that a fragment completes; damaged ones are dropped silently. */
  #wholeOf(packet: Packet, { bytes }: Delivery): Packet | undefined {
    if (packet.carried.kind !== 'raw') return bytes ? readPacket(bytes, packet.why) : packet;
    const piece = bytes ?? packet.bytes;
    if (dissectIp(piece, [0, piece.length]).problems.length > 0) return undefined;
    const whole = this.#reassembler.add(piece, this.scheduler.now());
    return whole && readPacket(whole, packet.why);
  }

  #sayUnreachable(packet: Packet): void {
    const isSix = this.address.bytes.length === 16;
    const kind = isSix
      ? { type: ICMP_TYPE[6].unreachable, code: ICMP_CODE[6].port }
      : { type: ICMP_TYPE[4].unreachable, code: ICMP_CODE[4].port };
    const message = { ...kind, rest: 0, payload: quoteOf(packet) };
    this.send(packet.source, { kind: 'icmp', message }, 'port unreachable');
  }

  /** A router says how long packets may be (RFC 1191, RFC 8201); TCP is told, the rest is cut. */
  #receiveIcmp(message: IcmpMessage): void {
    const isSix = this.address.bytes.length === 16;
    const mtu = mtuOf(message, isSix ? 6 : 4);
    if (mtu === undefined) return;
    this.#pathMtu = Math.min(this.#pathMtu, Math.max(isSix ? 1280 : 68, mtu));
    const header = isSix ? 40 : 20;
    const quoted = message.payload;
    if (quoted.length < header + 4 || u8(quoted, isSix ? 6 : 9) !== PROTOCOL.tcp) return;
    const remote = formatAddress(isSix ? quoted.subarray(24, 40) : quoted.subarray(16, 20));
    const key = `${u16(quoted, header)} ${remote} ${u16(quoted, header + 2)}`;
    this.#sockets.get(key)?.onPathMtu(this.#pathMtu - header - 20);
  }

  #receiveSegment(segment: Segment, remote: Address, remotePort: number, localPort: number): void {
    const key = keyOf(localPort, remote, remotePort);
    let socket = this.#sockets.get(key);
    if (!socket && (segment.flags & OPENING) === TCP_FLAG.SYN) {
      socket = this.#listeners.get(localPort)?.(this, remote, remotePort);
      if (socket) this.add(socket);
    }
    if (socket) {
      socket.receive(segment);
      return;
    }
    const answer = resetFor(segment);
    if (!answer) return;
    const ports = { sourcePort: localPort, destinationPort: remotePort };
    this.send(remote, { kind: 'tcp', segment: answer, ports }, answer.why);
  }
}

const keyOf = (localPort: number, remote: Address, remotePort: number): string =>
  `${localPort} ${remote.text} ${remotePort}`;

/** As much of a packet as an error about it brings back (RFC 1812 §4.3.2.3, RFC 4443 §2.4). */
export function quoteOf({ bytes, source }: Packet): Bytes {
  return bytes.subarray(0, source.bytes.length === 4 ? 548 : 1232);
}
