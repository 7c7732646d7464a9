// A server that says how long a message was. The program itself is the one that the lesson shows.

import { layersServer } from '../../../src/programs/layers-server.ts';
import type { Exercise } from './exercise.ts';

export const layers: Exercise = {
  name: 'layers',
  attach({ io }) {
    layersServer(io);
  },
};
