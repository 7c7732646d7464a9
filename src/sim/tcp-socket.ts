// Joins a connection to the clock, to its host and to the program that uses it. Holds no rule of TCP.

import { type Micros, micros } from '../lib/time.ts';
import type { Host, Socket } from './host.ts';
import type { Address } from './packet.ts';
import type { Connection } from './tcp/connection.ts';
import type { Segment } from './tcp/segment.ts';

/** What uses a connection: it is given a turn after everything that happened to it. */
export interface Program {
  /** Reads and writes as it likes; true when it did something. */
  turn(connection: Connection, now: Micros): boolean;
  /** When it wants a turn though nothing happens. */
  deadline(): Micros | undefined;
}

export class TcpSocket implements Socket {
  readonly connection: Connection;
  readonly localPort: number;
  readonly remote: Address;
  readonly remotePort: number;
  readonly #host: Host;
  readonly #program: Program;
  /** Told after every turn, to write down what changed. */
  readonly #onChange: (socket: TcpSocket) => void;
  #wakesAt: Micros | undefined;
  #cancel: (() => void) | undefined;

  constructor(
    host: Host,
    { localPort, remote, remotePort }: Omit<Socket, 'receive' | 'onPathMtu'>,
    connection: Connection,
    program: Program,
    onChange: (socket: TcpSocket) => void,
  ) {
    this.#host = host;
    this.localPort = localPort;
    this.remote = remote;
    this.remotePort = remotePort;
    this.connection = connection;
    this.#program = program;
    this.#onChange = onChange;
  }

  open(): void {
    this.#host.add(this);
    this.connection.open(this.#host.scheduler.now());
    this.#run();
  }

  receive(segment: Segment): void {
    this.connection.onSegment(segment, this.#host.scheduler.now());
    this.#run();
  }

  onPathMtu(mss: number): void {
    this.connection.onPathMtu(mss);
    this.#run();
  }

  /** Sends what is due, lets the program have its turn, and sends what came of that. */
  #run(): void {
    const now = this.#host.scheduler.now();
    const { connection } = this;
    do {
      for (let next = connection.nextSegment(now); next; next = connection.nextSegment(now)) {
        this.#transmit(next);
      }
    } while (this.#program.turn(connection, now));
    this.#onChange(this);
    if (connection.state === 'CLOSED' || connection.state === 'LISTEN') this.#host.remove(this);
    this.#arm(now);
  }

  #transmit(segment: Segment): void {
    const ports = { sourcePort: this.localPort, destinationPort: this.remotePort };
    this.#host.send(this.remote, { kind: 'tcp', segment, ports }, segment.why);
  }

  /** One alarm at a time; one that rings too early only sets the next. */
  #arm(now: Micros): void {
    const due = this.#due();
    if (due === undefined || (this.#wakesAt !== undefined && this.#wakesAt <= due)) return;
    this.#cancel?.();
    this.#wakesAt = due;
    this.#cancel = this.#host.scheduler.schedule(Math.max(0, due - now), () => {
      this.#wakesAt = undefined;
      const at = this.#host.scheduler.now();
      if ((this.#due() ?? Number.POSITIVE_INFINITY) <= at) this.#run();
      else this.#arm(at);
    });
  }

  #due(): Micros | undefined {
    const mine = this.connection.deadline();
    const theirs = this.#program.deadline();
    if (mine === undefined || theirs === undefined) return mine ?? theirs;
    return micros(Math.min(mine, theirs));
  }
}
