import type { Exercise } from './exercise.ts';
import { emit } from './emit.ts';
import { hello } from './hello.ts';

/** The only list to edit when an exercise is added. Alphabetical. */
export const EXERCISES: readonly Exercise[] = [emit, hello];
