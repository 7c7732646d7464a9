// The lessons that are ready, with the course around them.

import { LESSONS } from 'virtual:lessons';
import type { LessonModule } from './lesson-module.ts';

export const READY: ReadonlyMap<string, LessonModule> = new Map(
  LESSONS.map((lesson) => [lesson.slug, lesson]),
);
