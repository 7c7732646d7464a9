// The program is the one that the lesson about missed events shows.

import { missedRetryServer } from '../../../src/programs/missed-retry-server.ts';
import { missedExercise } from './missed-desk.ts';

export const missedRetry = missedExercise('missed-retry', missedRetryServer);
