// Three clients and a server that passes on what they say. The program itself is the one that the
// lesson shows.

import { emitServer } from '../../../src/programs/emit-server.ts';
import type { Exercise } from './exercise.ts';

export const emit: Exercise = {
  name: 'emit',
  attach({ io }) {
    emitServer(io);
  },
};
