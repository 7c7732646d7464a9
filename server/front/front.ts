// Gives each connection to the lab and lane of its first request, decided before anything is
// consumed. A connection belongs to one lab for its whole life, so a capture holds whole connections.

import type { Server as HttpServer } from 'node:http';
import type { Socket } from 'node:net';
import type { Bytes } from '../../src/lib/bytes.ts';
import type { Lab } from '../lab/lab.ts';
import type { Labs } from '../lab/labs.ts';
import { answer, sendElsewhere } from './answers.ts';
import { LabConnection } from './lab-connection.ts';
import { RequestScanner, type Scanned } from './request-scanner.ts';

const TARGET = /^\/lab\/([a-z0-9]{10})\/([a-z0-9-]{1,20})\//;
const FIRST_REQUEST_MS = 15_000;

/** `app` answers what is not a lab's, where both share a port; without it that is 404. */
export function createFront(labs: Labs, app?: HttpServer): (socket: Socket) => void {
  return (socket) => new FrontConnection(socket, labs, app);
}

interface Arrival {
  readonly bytes: Bytes;
  readonly at: bigint;
}

class FrontConnection {
  readonly #socket: Socket;
  readonly #labs: Labs;
  readonly #app: HttpServer | undefined;
  readonly #scanner = new RequestScanner();
  readonly #acceptedAt = process.hrtime.bigint();
  /** Pieces of a head that is not complete, as they arrived. */
  #held: Arrival[] = [];
  readonly #deadline: NodeJS.Timeout;
  #place: string | undefined;
  #connection: LabConnection | undefined;

  constructor(socket: Socket, labs: Labs, app: HttpServer | undefined) {
    this.#socket = socket;
    this.#labs = labs;
    this.#app = app;
    socket.setNoDelay(true);
    socket.on('error', () => this.#onReset());
    socket.on('end', () => this.#onEnd());
    socket.on('close', () => {
      clearTimeout(this.#deadline);
      this.#connection?.destroy();
    });
    socket.on('data', this.#onData);
    // A deadline and not an idle limit: a head that trickles in must not hold a connection for ever.
    this.#deadline = setTimeout(() => socket.destroy(), FIRST_REQUEST_MS).unref();
  }

  readonly #onData = (bytes: Buffer): void => {
    const at = process.hrtime.bigint();
    if (this.#connection?.isRefusedUpgrade) {
      this.#socket.destroy();
      return;
    }
    this.#held.push({ bytes, at });
    for (const part of this.#scanner.push(bytes)) {
      if (!this.#take(part, at)) return;
    }
    if (!this.#scanner.isHolding) this.#held = [];
  };

  /** False where the connection was answered here, or given away. */
  #take(part: Scanned, at: bigint): boolean {
    if (part.kind === 'refused') return this.#refuse(part.why);
    if (part.kind === 'head') {
      const place = TARGET.exec(part.head.target)?.[0] ?? '';
      if (this.#place === undefined && !this.#begin(place)) return false;
      if (place !== this.#place) {
        this.#leave();
        return false;
      }
      if (part.head.isUpgrade) this.#connection?.expectUpgrade();
    }
    this.#pass(part.bytes, at);
    return true;
  }

  /** What arrived in pieces is passed in the same pieces, each with its own time. */
  #pass(bytes: Bytes, at: bigint): void {
    let from = 0;
    const early = this.#held.slice(0, -1);
    for (const piece of early) {
      const part = bytes.subarray(from, from + piece.bytes.length);
      if (part.length > 0) this.#connection?.arrived(part, piece.at);
      from += piece.bytes.length;
    }
    const rest = bytes.subarray(from);
    this.#held = this.#held
      .slice(-1)
      .map((last) => ({ bytes: last.bytes.subarray(rest.length), at: last.at }));
    if (rest.length > 0 && !this.#connection?.arrived(rest, at)) this.#socket.pause();
  }

  #begin(place: string): boolean {
    this.#place = place;
    clearTimeout(this.#deadline);
    const [, id = '', lane = ''] = TARGET.exec(place) ?? [];
    const lab = this.#labs.find(id);
    if (place === '' && this.#app) return this.#giveToApp(this.#app);
    if (!lab?.hasLane(lane)) {
      answer(
        this.#socket,
        '404 Not Found',
        'labs/gone',
        'There is no such lab, or it was taken down.',
      );
      return false;
    }
    if (lab.connections >= this.#labs.limits.connectionsPerLab) {
      answer(
        this.#socket,
        '503 Service Unavailable',
        'labs/connections',
        'This lab has too many connections open.',
      );
      return false;
    }
    this.#connect(lab, lane);
    return true;
  }

  #connect(lab: Lab, lane: string): void {
    const { remoteAddress = '', remotePort = 0, localAddress = '', localPort = 0 } = this.#socket;
    const client = { address: plain(remoteAddress), port: remotePort };
    const server = { address: plain(localAddress), port: localPort };
    const wire = lab.tap.open(lane, client, server, this.#acceptedAt);
    this.#connection = new LabConnection(this.#socket, wire);
    this.#connection.on('error', () => undefined);
    this.#socket.on('error', () => wire.closed('client', 'reset'));
    lab.accept(lane, this.#connection);
  }

  #giveToApp(app: HttpServer): false {
    const socket = this.#socket;
    socket.removeAllListeners();
    socket.pause();
    for (const { bytes } of this.#held.reverse()) socket.unshift(bytes);
    app.emit('connection', socket);
    return false;
  }

  /** A later request for another place: the browser repeats it on another connection. */
  #leave(): void {
    this.#socket.removeListener('data', this.#onData);
    sendElsewhere(this.#socket);
  }

  #refuse(why: string): false {
    this.#socket.removeListener('data', this.#onData);
    answer(
      this.#socket,
      '400 Bad Request',
      'front/bad-request',
      `This request cannot be read in one way only: ${why}.`,
    );
    return false;
  }

  #onEnd(): void {
    if (this.#connection) this.#connection.ended();
    else this.#socket.end();
  }

  #onReset(): void {
    this.#socket.destroy();
  }
}

/** An IPv4 address that arrived on an IPv6 socket, as people know it. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '');
