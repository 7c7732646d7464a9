// What the class needs of the page's connection, so that it can be followed over any.

import type { Socket } from 'socket.io-client';
import type { Reply } from '../contract/call.ts';
import type { ClassServerToClient } from '../contract/class.ts';
import { ask, getAppSocket } from './app-socket.ts';

interface Events extends ClassServerToClient {
  connect: () => void;
  disconnect: () => void;
}

export interface ClassConnection {
  readonly connected: boolean;
  on<E extends keyof Events>(event: E, listener: Events[E]): void;
  off<E extends keyof Events>(event: E, listener: Events[E]): void;
  /** Always answers; `unreachable` where the server did not in good time. */
  ask<T>(event: string, request: unknown): Promise<Reply<T>>;
}

const acknowledged = new WeakSet<Pick<Socket, 'on'>>();

/**
 * Acknowledges every part of every class, also of one that this page has just left: the server sends the next
 * part, and so the class when the reader comes back to it, only once the one under way is acknowledged. An
 * acknowledgement that a store gave already is not sent twice.
 */
export function acknowledgeParts(socket: Pick<Socket, 'on'>): void {
  if (acknowledged.has(socket)) return;
  acknowledged.add(socket);
  socket.on('class:entries', (_part: unknown, received?: () => void) => received?.());
}

/** The page's one connection to the server. */
export function appConnection(): ClassConnection {
  const socket = getAppSocket();
  acknowledgeParts(socket);
  return {
    get connected() {
      return socket.connected;
    },
    on: (event, listener) => void socket.on(event as string, listener),
    off: (event, listener) => void socket.off(event as string, listener),
    ask,
  };
}
