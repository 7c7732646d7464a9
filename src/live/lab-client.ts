// The browser's side of a lab: the real socket.io-client on the labs' own origin.

import { Manager, type Socket, type SocketOptions } from 'socket.io-client';
import type { OpenedLab } from '../contract/labs.ts';
import type { ClientOptions, LabClient, LabSocket } from '../demos/demo.ts';

const PATIENCE_MS = 15_000;

/** Where this page reaches the labs. */
export function labsUrl(at: OpenedLab['at']): string {
  if (at === 'same') return location.origin;
  if ('url' in at) return at.url;
  return `${location.protocol}//${location.hostname}:${at.port}`;
}

interface Parts {
  readonly opened: OpenedLab;
  readonly options: ClientOptions;
  readonly note: LabClient['note'];
}

export function createLabClient({ opened, options, note }: Parts): LabClient {
  const { lab, at } = opened;
  const base = `/lab/${lab}/${options.lane}/`;
  const manager = createManager(labsUrl(at), base, options);
  const socket = manager.socket('/', socketOptions(options));
  const heard = keepHeard(socket);

  // Which connection is whose can be told by the Engine.IO session, which the capture has too.
  socket.on('connect', () => {
    note('connected', '', manager.engine.id);
    if (socket.recovered) note('recovered', '', manager.engine.id);
  });
  socket.on('disconnect', (reason) => note('disconnected', '', reason));

  /** A client that comes back by itself goes on waiting. */
  const onLoss = (sentence: string, reject: (error: Error) => void): void => {
    if (options.reconnectAfterMs !== undefined) return;
    socket.once('disconnect', () => reject(new Error(sentence)));
  };

  return {
    socket: socket as unknown as LabSocket,
    of: (namespace) => manager.socket(namespace).connect() as unknown as LabSocket,
    note,
    connect: () =>
      within(
        'The lab did not answer.',
        new Promise<void>((resolve, reject) => {
          socket.once('connect', resolve);
          socket.once('connect_error', () => reject(new Error('The lab could not be reached.')));
          socket.connect();
        }),
      ),
    emit: (event, ...args) => void socket.emit(event, ...args),
    emitWithAck: (event, ...args) =>
      within(
        `The lab did not acknowledge “${event}”.`,
        new Promise((resolve, reject) => {
          socket.emit(event, ...args, (...answer: unknown[]) => resolve(answer));
          onLoss(`The connection was lost before “${event}” was acknowledged.`, reject);
        }),
      ),
    next: (event) =>
      within(
        `The lab did not send “${event}”.`,
        new Promise((resolve, reject) => {
          onLoss(`The connection was lost before “${event}” came.`, reject);
          heard(event, resolve);
        }),
      ),
    upgraded: () =>
      within(
        'The connection was not upgraded to WebSocket.',
        new Promise((resolve, reject) => {
          onLoss('The connection was lost before it was upgraded to WebSocket.', reject);
          if (manager.engine.transport.name === 'websocket') resolve();
          else manager.engine.once('upgrade', () => resolve());
        }),
      ),
    disconnect: () => manager._close(),
    url: (path) => labsUrl(at) + base + path,
    get: async (path) => {
      const answer = await fetch(labsUrl(at) + base + path, {
        cache: 'no-store',
        credentials: 'omit',
      });
      await answer.arrayBuffer();
      return answer.status;
    },
  };
}

/** What came before anybody asked for it is kept, so that asking late misses nothing. */
function keepHeard(socket: Socket): (event: string, resolve: (args: unknown[]) => void) => void {
  const unread = new Map<string, unknown[][]>();
  const waiting = new Map<string, ((args: unknown[]) => void)[]>();
  socket.onAny((event: string, ...args: unknown[]) => {
    const next = waiting.get(event)?.shift();
    if (next) next(args);
    else unread.set(event, [...(unread.get(event) ?? []), args]);
  });
  return (event, resolve) => {
    const kept = unread.get(event)?.shift();
    if (kept) resolve(kept);
    else waiting.set(event, [...(waiting.get(event) ?? []), resolve]);
  };
}

function createManager(url: string, base: string, options: ClientOptions): Manager {
  const { transports = ['polling', 'websocket'], reconnectAfterMs } = options;
  return new Manager(url, {
    path: `${base}socket.io/`,
    transports: [...transports],
    autoConnect: false,
    forceNew: true,
    reconnection: reconnectAfterMs !== undefined,
    reconnectionDelay: reconnectAfterMs ?? 1_000,
    reconnectionDelayMax: 2 * (reconnectAfterMs ?? 1_000),
    // Runs of the same outage are to be compared, so nobody throws dice here.
    randomizationFactor: 0,
    timeout: 5_000,
  });
}

function socketOptions({ auth, retries, ackTimeoutMs }: ClientOptions): Partial<SocketOptions> {
  return {
    ...(auth ? { auth: (answer: (data: object) => void) => answer(auth()) } : {}),
    ...(retries === undefined ? {} : { retries }),
    ...(ackTimeoutMs === undefined ? {} : { ackTimeout: ackTimeoutMs }),
  };
}

/** Fails with that sentence where the promise takes too long. */
function within<T>(sentence: string, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(sentence)), PATIENCE_MS);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
