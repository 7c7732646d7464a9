// The program is the one that the lesson about missed events shows.

import { missedPlainServer } from '../../../src/programs/missed-plain-server.ts';
import { missedExercise } from './missed-desk.ts';

export const missedPlain = missedExercise('missed-plain', missedPlainServer);
