// One learner's own server side: a real Socket.IO server that listens on no port, and its tap. The
// front hands it connections.

import { createServer, type Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { Server } from 'socket.io';
import type { LabRequest } from '../../src/contract/labs.ts';
import type { RingLimits } from '../tap/ring.ts';
import { Tap } from '../tap/tap.ts';
import type { Exercise } from './exercises/exercise.ts';

const LANE = 'main';

export class Lab {
  readonly id: string;
  readonly tap: Tap;
  readonly #http: HttpServer;
  readonly #io: Server;
  readonly #connections = new Set<Duplex>();

  constructor(id: string, exercise: Exercise, request: LabRequest, limits: RingLimits) {
    this.id = id;
    this.tap = new Tap(limits);
    this.#http = createServer((_, res) => {
      res.writeHead(404, { 'content-type': 'text/plain' });
      res.end('This lab has nothing at that address.\n');
    });
    // socket.io.js is served without CORS headers, and the page asks for it from another origin.
    this.#http.prependListener('request', (_, res) => {
      res.setHeader('access-control-allow-origin', '*');
    });
    this.#io = new Server(this.#http, {
      path: `/lab/${id}/${LANE}/socket.io`,
      transports: request.transports,
      pingInterval: request.pingIntervalMs ?? 25_000,
      pingTimeout: request.pingTimeoutMs ?? 20_000,
      cors: { origin: '*' },
      perMessageDeflate: false,
      maxHttpBufferSize: 1_000_000,
      ...(request.recovery ? { connectionStateRecovery: {} } : {}),
    });
    exercise.attach(this.#io);
  }

  get connections(): number {
    return this.#connections.size;
  }

  hasLane(lane: string): boolean {
    return lane === LANE;
  }

  /** Serves one connection, from its first byte. */
  accept(connection: Duplex): void {
    this.#connections.add(connection);
    connection.once('close', () => this.#connections.delete(connection));
    this.#http.emit('connection', connection);
  }

  /** Ends every connection and the server. */
  close(): void {
    void this.#io.close();
    for (const connection of this.#connections) connection.destroy();
  }
}
