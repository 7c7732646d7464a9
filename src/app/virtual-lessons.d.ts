// The module that vite/lesson-plugin.ts makes from content/lessons.

declare module 'virtual:lessons' {
  export const LESSONS: readonly import('./lesson-module.ts').LessonModule[];
}
