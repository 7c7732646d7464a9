// A bound on what the clients of an exercise may leave with it, for exercises that keep messages.

import type { Server } from 'socket.io';

const MOST_BYTES = 2_000;
const MOST_EVENTS = 5_000;

/** Events that are too large, and all after the first thousands, never reach the exercise. */
export function keepSmall(io: Server): void {
  let events = 0;
  io.on('connection', (socket) => {
    socket.use((packet, next) => {
      events++;
      const size = JSON.stringify(packet.filter((part) => typeof part !== 'function')).length;
      if (events <= MOST_EVENTS && size <= MOST_BYTES) next();
      else socket.disconnect(true);
    });
  });
}
