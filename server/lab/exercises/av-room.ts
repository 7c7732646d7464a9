// A room with panels, an amplifier, a display and a sensor, each a client of its own. The program
// itself is the one that the lesson shows.

import { roomServer } from '../../../src/programs/room-server.ts';
import type { Exercise } from './exercise.ts';
import { keepSmall } from './small.ts';

export const avRoom: Exercise = {
  name: 'av-room',
  attach({ io, settings }) {
    keepSmall(io);
    roomServer(io, {
      tells: settings.tells !== false,
      confirms: settings.confirms !== false,
      checksVersion: settings.checksVersion === true,
    });
  },
};
