// What the parts of one lesson share: which step is on screen, and what was answered.

import { createContext, useContext } from 'react';

export interface LessonState {
  /** Titles of all steps, in order. */
  readonly steps: readonly string[];
  /** The step on screen, from 1. */
  readonly step: number;
  /** The learner came to it from another step. */
  readonly hasMoved: boolean;
  readonly answers: Readonly<Record<string, string>>;
  answer(id: string, value: string): void;
}

export const LessonContext = createContext<LessonState | undefined>(undefined);

export function useLesson(): LessonState {
  const lesson = useContext(LessonContext);
  if (!lesson) throw new Error('a lesson part was drawn outside a lesson');
  return lesson;
}
