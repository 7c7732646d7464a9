// A server that counts who greets it. The program itself is the one that the lesson shows.

import { connectionsServer } from '../../../src/programs/connections-server.ts';
import type { Exercise } from './exercise.ts';

export const connections: Exercise = {
  name: 'connections',
  attach({ io }) {
    connectionsServer(io);
  },
};
