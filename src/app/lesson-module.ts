// A lesson as the build hands it over: what is known of it, and how to load it.

import type { ComponentType } from 'react';
import type { LessonInfo } from '../lessons/schema.ts';

export interface LessonModule extends LessonInfo {
  load(): Promise<{
    default: ComponentType<{ components?: Readonly<Record<string, unknown>> }>;
  }>;
}
