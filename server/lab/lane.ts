// One lane of a lab: a real Socket.IO server that listens on no port, with the exercise that runs on
// it. The front hands it connections; it knows no tap and no link.

import {
  createServer,
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { type Namespace, Server } from 'socket.io';
import type { NoteKind } from '../../src/capture/record.ts';
import type { LaneRequest } from '../../src/contract/labs.ts';
import type { Exercise, LaneContext, Settings } from './exercises/exercise.ts';

type RequestHandler = Parameters<LaneContext['onRequest']>[0];

export interface LanePlace {
  /** `/lab/abcdefghij/main/`. */
  readonly path: string;
  note(what: NoteKind, message: string, detail?: string): void;
}

export class Lane {
  readonly #http: HttpServer;
  readonly #io: Server;
  readonly #connections = new Set<Duplex>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #handlers: RequestHandler[] = [];
  readonly #orders = new Map<string, (settings: Settings) => void>();
  readonly #ends: (() => void)[] = [];

  constructor(place: LanePlace, exercise: Exercise, request: LaneRequest) {
    this.#http = createServer((req, res) => this.#answer(req, res));
    const { recoveryMs, compression } = request;
    const isCompressed = compression === true;
    this.#io = new Server(this.#http, {
      path: `${place.path}socket.io`,
      transports: request.transports,
      pingInterval: request.pingIntervalMs ?? 25_000,
      pingTimeout: request.pingTimeoutMs ?? 20_000,
      cors: { origin: '*' },
      perMessageDeflate: isCompressed ? { threshold: 0 } : false,
      ...(compression === undefined
        ? {}
        : { httpCompression: isCompressed ? { threshold: 0 } : false }),
      maxHttpBufferSize: 1_000_000,
      ...(recoveryMs === undefined
        ? {}
        : { connectionStateRecovery: { maxDisconnectionDuration: recoveryMs } }),
    });
    // After Socket.IO has put its listener in front of all others, so that this comes before it.
    this.#http.prependListener('request', prepare);
    guard(this.#io);
    boundUnread(this.#io);
    exercise.attach(this.#context(place, request));
  }

  get connections(): number {
    return this.#connections.size;
  }

  /** Serves one connection, from its first byte. */
  accept(connection: Duplex): void {
    this.#connections.add(connection);
    connection.once('close', () => this.#connections.delete(connection));
    this.#http.emit('connection', connection);
  }

  /** False where the exercise knows no such order. */
  order(order: string, settings: Settings): boolean {
    const run = this.#orders.get(order);
    run?.(settings);
    return run !== undefined;
  }

  /** Ends every timer, every connection and the server. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    for (const end of this.#ends) end();
    void this.#io.close();
    for (const connection of this.#connections) connection.destroy();
  }

  #context(place: LanePlace, { settings = {}, compression }: LaneRequest): LaneContext {
    return {
      isCompressed: compression === true,
      io: this.#io,
      path: place.path,
      settings,
      note: place.note,
      after: (ms, run) => this.#after(ms, run),
      onRequest: (handler) => void this.#handlers.push(handler),
      onOrder: (order, run) => void this.#orders.set(order, run),
      onEnd: (run) => void this.#ends.push(run),
    };
  }

  #after(ms: number, run: () => void): () => void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
    return () => {
      clearTimeout(timer);
      this.#timers.delete(timer);
    };
  }

  #answer(req: IncomingMessage, res: ServerResponse): void {
    if (this.#handlers.some((handler) => handler(req, res))) return;
    res.writeHead(404, { 'content-type': 'text/plain' });
    res.end('This lab has nothing at that address.\n');
  }
}

/** What holds for every request, whoever answers it. */
function prepare({ headers }: IncomingMessage, res: ServerResponse): void {
  // The page asks from another origin.
  res.setHeader('access-control-allow-origin', '*');
  // Socket.IO would serve its client with br, which the dissectors cannot open; gzip they can.
  const accepted = headers['accept-encoding'];
  if (accepted === undefined) return;
  const others = accepted.split(',').filter((coding) => !/^\s*br\s*(;|$)/i.test(coding));
  headers['accept-encoding'] = [...others, 'br;q=0'].join(',');
}

/** Bytes for one client that Engine.IO may keep while its transport takes no more. */
const MOST_UNREAD = 8_000_000;

/** Engine.IO keeps whatever it cannot send yet; a client that reads nothing while it asks on is dropped. */
function boundUnread(io: Server): void {
  io.engine.on('connection', (client: EngineClient) => {
    let unread = 0;
    client.on('flush', () => {
      unread = 0;
    });
    client.on('packetCreate', ({ data = '' }) => {
      unread += data.length;
      if (unread > MOST_UNREAD) client.close(true);
    });
  });
}

/** The part of Engine.IO's socket that is used here. */
interface EngineClient {
  on(event: 'flush', listener: () => void): void;
  on(event: 'packetCreate', listener: (packet: { data?: string | Buffer }) => void): void;
  close(discard: boolean): void;
}

/**
 * Exercises are written to be read, and trust what they get. A client that sends them something else
 * loses its connection, and nobody else loses anything.
 */
function guard(io: Server): void {
  const guardNamespace = (namespace: Namespace): void => {
    namespace.on('connection', (socket) => {
      const on = socket.on.bind(socket);
      const guarded = (event: string, listener: (...args: unknown[]) => unknown) =>
        on(event, (...args: unknown[]) => {
          const drop = (): void => void socket.disconnect(true);
          try {
            const result = listener(...args);
            if (result instanceof Promise) result.catch(drop);
          } catch {
            drop();
          }
        });
      socket.on = guarded as typeof socket.on;
    });
  };
  guardNamespace(io.of('/'));
  io.on('new_namespace', guardNamespace);
}
