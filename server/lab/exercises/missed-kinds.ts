// The program is the one that the lesson about missed events shows.

import { missedKindsServer } from '../../../src/programs/missed-kinds-server.ts';
import { missedExercise } from './missed-desk.ts';

export const missedKinds = missedExercise('missed-kinds', missedKindsServer);
