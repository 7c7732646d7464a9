// What a lab's server does with its clients: one small application a lesson needs.

import type { Server } from 'socket.io';

export interface Exercise {
  readonly name: string;
  /** Registers its listeners on a server of its own. */
  attach(io: Server): void;
}
