// The small networks of the simulated demos: hosts, links and TCP of src/sim, programs written here, and
// what came of it as a capture. Draws nothing and holds no rule of a protocol.

import type { Capture } from '../capture/capture.ts';
import { createPacketCapture, type PacketRecord } from '../capture/packets.ts';
import type { Noted, NoteKind } from '../capture/record.ts';
import { mulberry32 } from '../lib/random.ts';
import { after, type Micros, micros, millis } from '../lib/time.ts';
import { Host, type Listener } from '../sim/host.ts';
import { LinkDirection, type LinkFault } from '../sim/link.ts';
import { addressOf, type Packet } from '../sim/packet.ts';
import { createScheduler, type Scheduler } from '../sim/scheduler.ts';
import { StreamProgram, type StreamScript } from '../sim/stream-program.ts';
import { Connection } from '../sim/tcp/connection.ts';
import type { TcpParameters } from '../sim/tcp/parameters.ts';
import { TcpSocket } from '../sim/tcp-socket.ts';

export type End = 'client' | 'server';

/** One clock, one list of packets, and what the programs wrote down. */
export class Simulation {
  readonly scheduler: Scheduler = createScheduler();
  readonly #records: PacketRecord[] = [];
  readonly #notes: Noted[] = [];
  /** Which lane an address belongs to. */
  readonly #lanes = new Map<string, string>();

  belongs(address: string, lane: string): void {
    this.#lanes.set(address, lane);
  }

  record(packet: PacketRecord): void {
    this.#records.push(packet);
  }

  note(lane: string, who: End, what: NoteKind, message: string, detail?: string): void {
    const at = this.scheduler.now();
    const note = {
      kind: 'note',
      seq: this.#notes.length + 1,
      at,
      lane,
      who,
      what,
      message,
    } as const;
    const more = detail === undefined ? {} : { detail };
    this.#notes.push({ ...note, wroteAt: at, errorMicros: 0, ...more });
  }

  /** `ms` since the start of the simulation. */
  at(ms: number, run: () => void): void {
    this.scheduler.schedule(Math.max(0, millis(ms) - this.scheduler.now()), run);
  }

  /** Runs all that happens in the first `ms`. */
  finish(ms: number): Capture {
    this.scheduler.runUntil(millis(ms));
    const capture = createPacketCapture(this.#records, 'modelled');
    const endAt = this.#notes.reduce((end, { at }) => Math.max(end, at), capture.endAt as number);
    const connections = capture.connections.map((one) => ({
      ...one,
      lane: this.#lanes.get(one.client.address) ?? one.lane,
      openedAt: micros(0),
    }));
    return { ...capture, connections, notes: this.#notes, endAt: micros(endAt) };
  }
}

export interface LaneOptions {
  readonly name: string;
  /** Third number of the addresses: each lane is a network of its own. */
  readonly subnet: number;
  readonly delayMs: number;
  /** Bits a second. */
  readonly rate: number;
  readonly mtu: number;
  readonly up?: readonly LinkFault[];
  readonly down?: readonly LinkFault[];
  readonly queuePackets?: number;
  /** Every second packet of the client takes a route that is longer by so much. */
  readonly longerRouteMs?: number;
}

export interface TcpOptions {
  readonly seed: number;
  readonly parameters: TcpParameters;
  /** What a program has read, in order. */
  onRead?(end: End, bytes: Uint8Array): void;
  /** Nobody listens at the server's port. */
  readonly isRefused?: boolean;
  onChange?(end: End, connection: Connection, at: Micros): void;
}

export const CLIENT_PORT = 50_000;
export const SERVER_PORT = 3_000;
/** ms. A picture begins before anything is sent. */
export const OPENS_AT = 5;

/** Two hosts and the link between them. */
export class Lane {
  readonly client: Host;
  readonly server: Host;
  readonly #simulation: Simulation;
  readonly #options: LaneOptions;

  constructor(simulation: Simulation, options: LaneOptions) {
    this.#simulation = simulation;
    this.#options = options;
    const { scheduler } = simulation;
    const { delayMs, rate, mtu, queuePackets, up = [], down = [], subnet, name } = options;
    const queue = queuePackets === undefined ? {} : { queuePackets };
    const shape = { rate, delay: millis(delayMs), mtu, ...queue };
    const make = (end: End, number: number) => {
      const address = addressOf(`10.0.${subnet}.${number}`);
      simulation.belongs(address.text, name);
      const host = { name: end, address, mtu, forbidsCutting: true };
      return new Host(host, scheduler, (packet) => this.#send(end, packet));
    };
    this.client = make('client', 1);
    this.server = make('server', 2);
    this.#links = {
      client: new LinkDirection(shape, [...up, ...this.#routes()], scheduler, this.server),
      server: new LinkDirection(shape, down, scheduler, this.client),
    };
  }

  readonly #links: Readonly<Record<End, LinkDirection>>;

  /** Behind the link of the client: the packets take turns. */
  #routes(): LinkFault[] {
    const { longerRouteMs } = this.#options;
    if (longerRouteMs === undefined) return [];
    const longer = millis(longerRouteMs);
    const decide: LinkFault['decide'] = (piece) =>
      this.#isOnLonger ? [{ ...piece, at: after(piece.at, longer) }] : [piece];
    return [{ name: 'route', decide }];
  }

  #isOnLonger = true;

  /** What a packet is for, and which way it takes where there are two. */
  #why(from: End, { why }: Packet): string {
    if (from === 'server' || this.#options.longerRouteMs === undefined) return why;
    return `${why}, by the ${this.#isOnLonger ? 'longer' : 'shorter'} route`;
  }

  #send(from: End, packet: Packet): void {
    if (from === 'client') this.#isOnLonger = !this.#isOnLonger;
    const { leftAt, waits, deliveries, lostTo } = this.#links[from].send(packet);
    const to = from === 'client' ? 'server' : 'client';
    const said = this.#why(from, packet);
    // It leaves when its first bit is on the link, and waits in its own host before that.
    const left = { leftAt: after(leftAt, waits), waited: waits };
    const base = { from, to, ...left, why: said, bytes: packet.bytes };
    if (deliveries.length === 0) {
      this.#simulation.record({ ...base, lostTo: lostTo ?? 'loss' });
    }
    for (const [copy, { at, bytes }] of deliveries.entries()) {
      const why = copy === 0 ? said : `${said}, a copy made on the way`;
      const damaged = bytes ? { arrivedBytes: bytes } : {};
      this.#simulation.record({ ...base, why, arrivedAt: at, ...damaged });
    }
  }

  /** The client opens a connection; each side does what its script says. */
  connect(scripts: Readonly<Record<End, StreamScript>>, options: TcpOptions): void {
    const random = mulberry32(options.seed);
    const roll = () => Math.floor(random.next() * 2 ** 32);
    const numbers = { client: roll(), server: roll() };
    const open = (end: End, remotePort: number): TcpSocket => {
      const [host, peer] =
        end === 'client' ? [this.client, this.server] : [this.server, this.client];
      const program = new StreamProgram(scripts[end], (bytes) => options.onRead?.(end, bytes));
      const connection = new Connection({
        parameters: options.parameters,
        isn: numbers[end],
        mss: this.#options.mtu - 40,
      });
      const localPort = end === 'client' ? CLIENT_PORT : SERVER_PORT;
      const ends = { localPort, remote: peer.address, remotePort };
      return new TcpSocket(host, ends, connection, program, () =>
        options.onChange?.(end, connection, this.#simulation.scheduler.now()),
      );
    };
    const take: Listener = (_host, _remote, remotePort) => {
      const socket = open('server', remotePort);
      socket.connection.listen();
      return socket;
    };
    if (!options.isRefused) this.server.listen(SERVER_PORT, take);
    this.#simulation.at(OPENS_AT, () => open('client', SERVER_PORT).open());
  }
}
