// The app's HTTP and classes as `serve` puts them together, in this process, for tests: on any free port,
// restartable on the same port and file.

import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server as SocketServer } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import type { Reply } from '../../../src/contract/call.ts';
import { createHttp } from '../../http.ts';
import { CLASS_LIMITS, type ClassLimits, Classroom } from '../classroom.ts';
import { classHandler } from '../http.ts';
import type { ClassLog } from '../log/log.ts';
import { openSqliteLog } from '../log/sqlite.ts';
import { serveClasses } from '../serve.ts';

export class ClassServer {
  readonly bugs: unknown[] = [];
  /** How often a wrong guess was made to wait. */
  pauses = 0;
  now = 1_700_000_000_000;
  readonly #file: string;
  readonly #limits: ClassLimits;
  readonly #clients = new Set<Socket>();
  #running: { http: HttpServer; sockets: SocketServer; log: ClassLog } | undefined;
  #port = 0;

  constructor(file: string, limits: Partial<ClassLimits> = {}) {
    this.#file = file;
    this.#limits = { ...CLASS_LIMITS, ...limits };
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    const log = openSqliteLog(this.#file);
    const classroom = new Classroom(log, () => this.now, this.#limits);
    const onBug = (error: unknown): void => void this.bugs.push(error);
    const handlers = [classHandler(classroom, onBug)];
    const folders = { webFolder: '/nowhere', capturesFolder: '/nowhere' };
    const pages = (_req: unknown, _res: unknown, next: () => void): void => next();
    const http = createServer(createHttp({ ...folders, handlers, labSources: [], pages }));
    const sockets = new SocketServer(http, { serveClient: false, maxHttpBufferSize: 100_000 });
    const pause = async (): Promise<void> => void this.pauses++;
    serveClasses(sockets, { classroom, onBug, now: () => this.now, pause });
    await new Promise<void>((resolve) => http.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (http.address() as AddressInfo).port;
    this.#running = { http, sockets, log };
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.sockets.close();
    running?.log.close();
  }

  /** Stops the server, and every client that was made here. */
  async end(): Promise<void> {
    for (const client of this.#clients) client.disconnect();
    await this.stop();
  }

  /** A connected client of its own. */
  async client(): Promise<Socket> {
    const socket = io(this.origin, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 20,
      reconnectionDelayMax: 50,
    });
    this.#clients.add(socket);
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    return socket;
  }
}

/** Asks as a page does, but sends whatever it is given. */
export const ask = <T>(socket: Socket, event: string, request: unknown): Promise<Reply<T>> =>
  socket.timeout(5_000).emitWithAck(event, request) as Promise<Reply<T>>;
