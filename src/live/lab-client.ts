// The browser's side of a lab: the real socket.io-client on the labs' own origin.

import { Manager } from 'socket.io-client';
import type { OpenedLab } from '../contract/labs.ts';
import type { LabClient, LabOptions } from '../demos/demo.ts';

const PATIENCE_MS = 15_000;

/** Where this page reaches the labs. */
export function labsUrl(at: OpenedLab['at']): string {
  if (at === 'same') return location.origin;
  if ('url' in at) return at.url;
  return `${location.protocol}//${location.hostname}:${at.port}`;
}

export function createLabClient({ lab, at }: OpenedLab, { transports }: LabOptions): LabClient {
  const base = `/lab/${lab}/main/`;
  const manager = new Manager(labsUrl(at), {
    path: `${base}socket.io/`,
    transports: [...transports],
    autoConnect: false,
    reconnection: false,
    forceNew: true,
  });
  const socket = manager.socket('/');
  // What came before anybody asked for it is kept, so that asking late misses nothing.
  const unread = new Map<string, unknown[][]>();
  const waiting = new Map<string, ((args: unknown[]) => void)[]>();
  socket.onAny((event: string, ...args: unknown[]) => {
    const next = waiting.get(event)?.shift();
    if (next) next(args);
    else unread.set(event, [...(unread.get(event) ?? []), args]);
  });

  return {
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
        new Promise((resolve) => {
          socket.emit(event, ...args, (...answer: unknown[]) => resolve(answer));
        }),
      ),
    next: (event) =>
      within(
        `The lab did not send “${event}”.`,
        new Promise((resolve) => {
          const kept = unread.get(event)?.shift();
          if (kept) resolve(kept);
          else waiting.set(event, [...(waiting.get(event) ?? []), resolve]);
        }),
      ),
    upgraded: () =>
      within(
        'The connection was not upgraded to WebSocket.',
        new Promise((resolve) => {
          if (manager.engine.transport.name === 'websocket') resolve();
          else manager.engine.once('upgrade', () => resolve());
        }),
      ),
    disconnect: () => void socket.disconnect(),
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

/** Fails with that sentence where the promise takes too long. */
function within<T>(sentence: string, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(sentence)), PATIENCE_MS);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
