// A message queue with its producers and consumers on connections of their own. The program itself is
// the one that the lesson shows.

import { queueServer } from '../../../src/programs/queue-server.ts';
import type { Exercise, Settings } from './exercise.ts';
import { keepSmall } from './small.ts';

const MOST_WAITING = 50;

export const queue: Exercise = {
  name: 'queue',
  attach({ io, settings }) {
    keepSmall(io);
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

function within(settings: Settings, name: string, initial: number, most: number): number {
  const value = Number(settings[name] ?? initial);
  return value >= 1 && value <= most ? Math.floor(value) : initial;
}
