// The program is the one that the lesson about missed events shows.

import { missedDedupeServer } from '../../../src/programs/missed-dedupe-server.ts';
import { missedExercise } from './missed-desk.ts';

export const missedDedupe = missedExercise('missed-dedupe', missedDedupeServer);
