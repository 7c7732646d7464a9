// A host: an address, its programs' sockets, and one way out. Gives each packet that arrives to the
// socket it is for, and answers what is for nobody (RFC 9293 §3.10.7.1).

import type { Bytes } from '../lib/bytes.ts';
import { TCP_FLAG } from '../wire/tcp.ts';
import type { Delivery, Receiver } from './link.ts';
import { type Address, type Carried, Packet, readPacket } from './packet.ts';
import type { Scheduler } from './scheduler.ts';
import { resetFor, type Segment } from './tcp/segment.ts';

/** One end of a connection, as the host knows it. */
export interface Socket {
  readonly localPort: number;
  readonly remote: Address;
  readonly remotePort: number;
  receive(segment: Segment): void;
}

/** Makes the socket for a SYN that came to a port; `undefined` refuses it. */
export type Listener = (host: Host, remote: Address, remotePort: number) => Socket | undefined;

export type DatagramHandler = (payload: Bytes, remote: Address, remotePort: number) => void;

const OPENING = TCP_FLAG.SYN | TCP_FLAG.ACK | TCP_FLAG.RST;

export class Host implements Receiver {
  readonly name: string;
  readonly address: Address;
  readonly scheduler: Scheduler;
  readonly #send: (packet: Packet) => void;
  readonly #sockets = new Map<string, Socket>();
  readonly #listeners = new Map<number, Listener>();
  readonly #datagrams = new Map<number, DatagramHandler>();

  constructor(
    name: string,
    address: Address,
    scheduler: Scheduler,
    send: (packet: Packet) => void,
  ) {
    this.name = name;
    this.address = address;
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
    this.#send(new Packet({ source: this.address, destination: remote }, carried, why));
  }

  receive(packet: Packet, delivery: Delivery): void {
    const whole = delivery.bytes ? readPacket(delivery.bytes, packet.why) : packet;
    if (!whole || whole.destination.text !== this.address.text) return;
    const { carried, source } = whole;
    if (carried.kind === 'tcp') {
      const { sourcePort, destinationPort } = carried.ports;
      this.#receiveSegment(carried.segment, source, sourcePort, destinationPort);
    } else if (carried.kind === 'udp') {
      const { sourcePort, destinationPort, payload } = carried.datagram;
      this.#datagrams.get(destinationPort)?.(payload, source, sourcePort);
    }
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
