// The course: what is ready, and what is coming.

import { Link } from 'react-router';
import { COURSE } from '../lessons/course.ts';
import styles from './LessonsPage.module.css';
import { READY } from './lessons.ts';
import { Page } from './Page.tsx';

export function LessonsPage() {
  return (
    <Page
      title="Lessons"
      width="wide"
      lead="From two programs that want to talk to queues that forget nothing. In each lesson you predict first, and your own traffic decides."
    >
      <ol className={styles.course}>
        {COURSE.map(({ slug, title, summary }) => {
          const ready = READY.get(slug);
          return (
            <li key={slug} data-ready={ready !== undefined}>
              <h2>{ready ? <Link to={`/lessons/${slug}`}>{ready.title}</Link> : title}</h2>
              <p>{ready?.summary ?? summary}</p>
              <p className={styles.state}>
                {ready ? `${ready.steps.length} steps, about ${ready.minutes} minutes` : 'Coming'}
              </p>
            </li>
          );
        })}
      </ol>
    </Page>
  );
}
