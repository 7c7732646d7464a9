// The course: what is ready, and what is coming.

import { Link } from 'react-router';
import { COURSE } from '../lessons/course.ts';
import { readProgress } from '../lessons/progress.ts';
import styles from './LessonsPage.module.css';
import type { LessonModule } from './lesson-module.ts';
import { READY } from './lessons.ts';
import { Page } from './Page.tsx';

export function LessonsPage() {
  return (
    <Page
      title="Lessons"
      width="wide"
      lead="From the first connection between two programs to queues that lose nothing. In each lesson you predict first. Then your own traffic decides, or a simulated network."
    >
      <ol className={styles.course}>
        {COURSE.map(({ slug, title, summary }) => {
          const ready = READY.get(slug);
          return (
            <li key={slug} data-ready={ready !== undefined}>
              <h2>{ready ? <Link to={`/lessons/${slug}`}>{ready.title}</Link> : title}</h2>
              <p>{ready?.summary ?? summary}</p>
              <p className={styles.state}>{ready ? lengthOf(ready) : 'Coming'}</p>
            </li>
          );
        })}
      </ol>
    </Page>
  );
}

/** How long it is, or how far this browser's reader has come. */
function lengthOf({ slug, steps, minutes }: LessonModule): string {
  const { step, answers } = readProgress(slug);
  return step > 1 || Object.keys(answers).length > 0
    ? `You are at step ${Math.min(step, steps.length)} of ${steps.length}`
    : `${steps.length} steps, about ${minutes} minutes`;
}
