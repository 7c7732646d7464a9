// Gives each connection to the lab and lane of its first request, decided before anything is
// consumed. A connection belongs to one lab for its whole life, so a capture holds whole connections.

import type { Server as HttpServer } from 'node:http';
import type { Socket } from 'node:net';
import type { Endpoint } from '../../src/capture/record.ts';
import type { Bytes } from '../../src/lib/bytes.ts';
import type { Lab } from '../lab/lab.ts';
import type { Labs } from '../lab/labs.ts';
import type { Wire } from '../tap/tap.ts';
import {
  type Answer,
  answer,
  LAB_FULL,
  NO_LAB,
  NOT_YOURS,
  sendElsewhere,
  TOO_MANY,
  TOO_SLOW,
  unreadable,
} from './answers.ts';
import { followExchanges } from './exchanges.ts';
import { LabConnection } from './lab-connection.ts';
import { RequestScanner, type Scanned } from './request-scanner.ts';
import { Waiting, type WaitingLimits } from './waiting.ts';

const TARGET = /^\/lab\/([a-z0-9]{10})\/([a-z0-9-]{1,20})\//;

export interface FrontLimits extends WaitingLimits {
  /** For the first request from when the connection was accepted; for a later head from its first byte. */
  readonly headMs: number;
  /** How long the other end may take to close a connection that the front has ended. */
  readonly closingMs: number;
}

/** A classroom may share one address, and browsers open connections ahead of need. */
export const FRONT_LIMITS: FrontLimits = {
  waitingPerAddress: 500,
  waiting: 2_000,
  headMs: 15_000,
  closingMs: 5_000,
};

interface FrontOptions {
  readonly limits?: FrontLimits;
  /** Whether all connections come from a reverse proxy; one that names itself is known anyway. */
  readonly isProxied?: boolean;
  /** The clients that this server started itself. */
  readonly started?: Started;
}

/** Which lab a client that the server started may speak to; nothing for anybody else's connection. */
interface Started {
  placeOf(client: Endpoint): { readonly lab: Lab; readonly lane: string } | undefined;
}

/** `app` answers what is not a lab's, where both share a port; without it that is 404. */
export function createFront(
  labs: Labs,
  app?: HttpServer,
  { limits = FRONT_LIMITS, isProxied = false, started }: FrontOptions = {},
): (socket: Socket) => void {
  const waiting = new Waiting(limits);
  return (socket) => {
    const leave = waiting.enter(socket.remoteAddress ?? '');
    if (leave) new FrontConnection(socket, leave, { labs, app, limits, isProxied, started });
    else turnAway(socket);
  };
}

interface Parts {
  readonly labs: Labs;
  readonly app: HttpServer | undefined;
  readonly limits: FrontLimits;
  readonly isProxied: boolean;
  readonly started: Started | undefined;
}

interface Arrival {
  readonly bytes: Bytes;
  readonly at: bigint;
}

class FrontConnection {
  readonly #socket: Socket;
  readonly #parts: Parts;
  readonly #leaveWaiting: () => void;
  readonly #scanner = new RequestScanner();
  readonly #acceptedAt = process.hrtime.bigint();
  /** Pieces of a head that is not complete, as they arrived. */
  #held: Arrival[] = [];
  #deadline: NodeJS.Timeout | undefined;
  #place: string | undefined;
  #connection: LabConnection | undefined;
  #wire: Wire | undefined;
  /** A client of this server: it has one lab from the start, and what is refused is in the tap too. */
  #isStarted = false;
  /** Requests that the lab was given and has not answered to the end. */
  #unanswered = 0;
  /** What the front says once the lab has answered everything before. */
  #parting: (() => void) | undefined;

  constructor(socket: Socket, leaveWaiting: () => void, parts: Parts) {
    this.#socket = socket;
    this.#parts = parts;
    this.#leaveWaiting = leaveWaiting;
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('end', () => this.#onEnd());
    // Ended from here; the other end may not hold what is left of it for ever.
    socket.on('finish', () => {
      this.#endDeadline();
      this.#deadline = setTimeout(() => socket.destroy(), parts.limits.closingMs).unref();
    });
    socket.on('close', () => {
      leaveWaiting();
      clearTimeout(this.#deadline);
      this.#connection?.destroy();
    });
    socket.on('data', this.#onData);
    this.#startDeadline();
  }

  readonly #onData = (bytes: Buffer): void => {
    const at = process.hrtime.bigint();
    if (this.#connection?.isRefusedUpgrade) {
      this.#socket.destroy();
      return;
    }
    this.#held.push({ bytes, at });
    if (this.#place === undefined) this.#beginStarted();
    for (const part of this.#scanner.push(bytes)) {
      if (!this.#take(part, at)) return;
    }
    if (this.#scanner.isHolding) this.#startDeadline();
    else this.#held = [];
  };

  /** A deadline and not an idle limit: a head that trickles in must not hold a connection for ever. */
  #startDeadline(): void {
    this.#deadline ??= setTimeout(() => this.#onLate(), this.#parts.limits.headMs).unref();
  }

  #endDeadline(): void {
    clearTimeout(this.#deadline);
    this.#deadline = undefined;
  }

  #onLate(): void {
    if (this.#scanner.isHolding) this.#finish(TOO_SLOW);
    else this.#socket.destroy();
  }

  /** False where the connection was answered here, or given away. */
  #take(part: Scanned, at: bigint): boolean {
    if (part.kind === 'refused') return this.#finish(unreadable(part.why));
    if (part.kind === 'head') {
      this.#endDeadline();
      const place = TARGET.exec(part.head.target)?.[0] ?? '';
      if (this.#place === undefined && !this.#begin(place)) return false;
      // A later request for another place: the browser repeats it on another connection.
      if (place !== this.#place) return this.#finish(this.#isStarted ? NOT_YOURS : undefined);
      if (part.head.isUpgrade) this.#connection?.expectUpgrade();
      this.#unanswered++;
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

  #beginStarted(): void {
    const started = this.#parts.started?.placeOf(this.#client);
    if (!started) return;
    this.#isStarted = true;
    this.#place = `/lab/${started.lab.id}/${started.lane}/`;
    this.#connect(started.lab, started.lane);
  }

  get #client(): Endpoint {
    const { remoteAddress = '', remotePort = 0 } = this.#socket;
    return { address: plain(remoteAddress), port: remotePort };
  }

  #begin(place: string): boolean {
    this.#place = place;
    const { labs, app } = this.#parts;
    const [, id = '', lane = ''] = TARGET.exec(place) ?? [];
    if (place === '' && app) return this.#giveToApp(app);
    const lab = labs.find(id);
    if (!lab?.hasLane(lane)) return this.#finish(NO_LAB);
    if (lab.connections >= labs.limits.connectionsPerLab) return this.#finish(LAB_FULL);
    this.#connect(lab, lane);
    return true;
  }

  #connect(lab: Lab, lane: string): void {
    this.#leaveWaiting();
    const { localAddress = '', localPort = 0 } = this.#socket;
    const server = { address: plain(localAddress), port: localPort };
    const wire = lab.tap.open(lane, this.#client, server, this.#acceptedAt);
    this.#wire = wire;
    const openedAt = lab.tap.timeOf(this.#acceptedAt);
    const place = { wire, lane, link: lab.link, openedAt };
    this.#connection = new LabConnection(this.#socket, place);
    this.#connection.on('error', () => undefined);
    this.#socket.on('error', () => wire.closed('client', 'reset'));
    const isProxied = this.#parts.isProxied && !this.#isStarted;
    followExchanges(this.#connection, { isProxied, onAnswered: () => this.#onAnswered() });
    lab.accept(lane, this.#connection);
  }

  #giveToApp(app: HttpServer): false {
    this.#leaveWaiting();
    const socket = this.#socket;
    socket.removeAllListeners();
    socket.pause();
    for (const { bytes } of this.#held.reverse()) socket.unshift(bytes);
    followExchanges(socket, { isProxied: this.#parts.isProxied });
    app.emit('connection', socket);
    return false;
  }

  #onAnswered(): void {
    this.#unanswered--;
    if (this.#unanswered === 0) this.#parting?.();
  }

  /**
   * Takes nothing more from the connection and ends it, with that answer or with the sign that the
   * request belongs elsewhere. Never in the middle of an answer that the lab is still giving.
   */
  #finish(last?: Answer): false {
    const socket = this.#socket;
    socket.off('data', this.#onData);
    socket.resume();
    this.#endDeadline();
    this.#writeDownHeld();
    this.#parting = () => {
      this.#parting = undefined;
      const said = last ? answer(socket, last) : sendElsewhere(socket);
      if (this.#isStarted) this.#wire?.saw('down', said);
      this.#wire?.closed('server', 'fin');
    };
    if (this.#unanswered === 0) this.#parting();
    return false;
  }

  /** What a client of this server said and the lab will never get. */
  #writeDownHeld(): void {
    if (!this.#isStarted) return;
    for (const { bytes, at } of this.#held) if (bytes.length > 0) this.#wire?.saw('up', bytes, at);
    this.#held = [];
  }

  #onEnd(): void {
    this.#writeDownHeld();
    if (this.#connection) this.#connection.ended();
    else this.#socket.end();
  }
}

/** Nothing is kept for this connection, so it is closed as soon as the answer is on its way. */
function turnAway(socket: Socket): void {
  socket.on('error', () => undefined);
  answer(socket, TOO_MANY);
  socket.destroySoon();
}

/** An IPv4 address that arrived on an IPv6 socket, as people know it. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '');
