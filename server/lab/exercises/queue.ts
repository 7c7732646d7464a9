// A message queue with its producers and consumers on connections of their own. The program itself is
// the one that the lesson shows.

import { queueServer } from '../../../src/programs/queue-server.ts';
import type { Exercise, LaneContext, Settings } from './exercise.ts';
import { idOf, noteKeeping } from './keeping.ts';
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

/** Beside what it kept and refused: what it dropped and gave up. */
function account(lane: LaneContext): void {
  const { io, note } = lane;
  noteKeeping(lane, 'publish');
  const emit = io.emit.bind(io);
  const noting = (event: string, message: unknown, queue: unknown): boolean => {
    note('abandoned', idOf(message), `${event}: ${String(queue)}`);
    return emit(event, message, queue);
  };
  io.emit = noting as typeof io.emit;
}

function within(settings: Settings, name: string, initial: number, most: number): number {
  const value = Number(settings[name] ?? initial);
  return value >= 1 && value <= most ? Math.floor(value) : initial;
}
