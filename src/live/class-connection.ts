// What the class needs of the page's connection, so that it can be followed over any.

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

/** The page's one connection to the server. */
export function appConnection(): ClassConnection {
  const socket = getAppSocket();
  return {
    get connected() {
      return socket.connected;
    },
    on: (event, listener) => void socket.on(event as string, listener),
    off: (event, listener) => void socket.off(event as string, listener),
    ask,
  };
}
