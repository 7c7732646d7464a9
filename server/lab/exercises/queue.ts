// A message queue with its producers and consumers on connections of their own. The program itself is
// the one that the lesson shows.

import { queueServer } from '../../../src/programs/queue-server.ts';
import type { Exercise, LaneContext, Settings } from './exercise.ts';
import { keepSmall } from './small.ts';

const MOST_WAITING = 50;

export const queue: Exercise = {
  name: 'queue',
  attach(lane) {
    const { io, settings } = lane;
    keepSmall(io);
    account(lane);
    queueServer(io, {
      names: String(settings.names ?? 'work')
        .split(' ')
        .slice(0, 4),
      confirms: settings.confirms !== false,
      prefetch: within(settings, 'prefetch', 1, 10),
      patience: within(settings, 'patience', 300, 10_000),
      attempts: within(settings, 'attempts', 3, 10),
      capacity: within(settings, 'capacity', MOST_WAITING, MOST_WAITING),
      whenFull: String(settings.whenFull ?? 'reject'),
    });
  },
};

/**
 * Writes down what the queue did with each message, beside what the tap sees: an answer to a producer that is
 * gone is on no wire.
 */
function account({ io, note }: LaneContext): void {
  io.on('connection', (socket) => {
    socket.use((packet, next) => {
      const [event, message] = packet;
      const answer: unknown = packet.at(-1);
      if (event === 'publish' && typeof answer === 'function') {
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
  const emit = io.emit.bind(io);
  const noting = (event: string, message: unknown, queue: unknown): boolean => {
    note('abandoned', idOf(message), `${event}: ${String(queue)}`);
    return emit(event, message, queue);
  };
  io.emit = noting as typeof io.emit;
}

/** A client may publish anything. */
const idOf = (message: unknown): string => {
  const id = (message as { id?: unknown } | null | undefined)?.id;
  return typeof id === 'string' ? id.slice(0, 40) : '';
};

function within(settings: Settings, name: string, initial: number, most: number): number {
  const value = Number(settings[name] ?? initial);
  return value >= 1 && value <= most ? Math.floor(value) : initial;
}
