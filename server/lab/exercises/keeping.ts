// Writes down what a program that keeps messages did with each, beside what the tap sees: an answer to a
// sender that is gone is on no wire.

import type { LaneContext } from './exercise.ts';

/** Of the messages that come with `event` and are answered with a word. */
export function noteKeeping({ io, note }: LaneContext, event: string): void {
  io.on('connection', (socket) => {
    socket.use((packet, next) => {
      const [name, message] = packet;
      const answer: unknown = packet.at(-1);
      if (name === event && typeof answer === 'function') {
        note('buffered', idOf(message), 'read');
        packet[packet.length - 1] = (word: unknown) => {
          if (word === 'kept') note('buffered', idOf(message), 'kept');
          else note('abandoned', idOf(message), 'full');
          answer(word);
        };
      }
      next();
    });
  });
}

/** A client may send anything. */
export const idOf = (message: unknown): string => {
  const id = (message as { id?: unknown } | null | undefined)?.id;
  return typeof id === 'string' ? id.slice(0, 40) : '';
};
