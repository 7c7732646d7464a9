// The program is the one that the lesson about missed events shows.

import { missedRelayServer } from '../../../src/programs/missed-relay-server.ts';
import { missedExercise } from './missed-desk.ts';

export const missedRelay = missedExercise('missed-relay', missedRelayServer);
