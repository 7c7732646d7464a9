// The program is the one that the lesson about missed events shows.

import { missedOffsetServer } from '../../../src/programs/missed-offset-server.ts';
import { missedExercise } from './missed-desk.ts';

export const missedOffset = missedExercise('missed-offset', missedOffsetServer);
