// What can be pushed: the steps of the lessons, and the demos. Says which step is live.

import { useEffect, useState } from 'react';
import type { Scene } from '../../contract/scene.ts';
import { DEMOS } from '../../demos/index.ts';
import { Button } from '../../ui/Button.tsx';
import type { LessonModule } from '../lesson-module.ts';
import { READY } from '../lessons.ts';
import styles from './RunSheet.module.css';
import type { Push } from './use-push.ts';

interface Props {
  readonly shown: Scene | undefined;
  /** The demo that is open beside this. */
  readonly openDemo: string | undefined;
  readonly onPush: Push;
  onOpen(demo: string): void;
}

export function RunSheet({ shown, openDemo, onPush, onOpen }: Props) {
  const lessons = [...READY.values()];
  const live = shown?.kind === 'step' ? shown.lesson : lessons[0]?.slug;
  return (
    <nav className={styles.sheet} aria-label="Run sheet">
      {lessons.map((lesson) => (
        <details key={lesson.slug} open={lesson.slug === live}>
          <summary>
            <h2>
              {lesson.title} · {lesson.steps.length} steps
            </h2>
          </summary>
          <Steps lesson={lesson} shown={shown} onPush={onPush} />
        </details>
      ))}
      <Demos shown={shown} openDemo={openDemo} onOpen={onOpen} />
    </nav>
  );
}

interface StepsProps extends Pick<Props, 'shown' | 'onPush'> {
  readonly lesson: LessonModule;
}

function Steps({ lesson: { slug, title, steps }, shown, onPush }: StepsProps) {
  return (
    <ol>
      {steps.map((name, i) => {
        const step = i + 1;
        const isLive = shown?.kind === 'step' && shown.lesson === slug && shown.step === step;
        return (
          <li key={name} data-live={isLive}>
            <span>
              {step} {name}
            </span>
            <Button
              kind={isLive ? 'primary' : 'quiet'}
              aria-label={
                isLive ? `Step ${step} is live. Push it again` : `Push step ${step} of ${title}`
              }
              onClick={() =>
                onPush(`step ${step} of “${title}”, ${name}`, () => ({
                  kind: 'step',
                  lesson: slug,
                  step,
                }))
              }
            >
              {isLive ? 'Live' : 'Push'}
            </Button>
          </li>
        );
      })}
    </ol>
  );
}

function Demos({ shown, openDemo, onOpen }: Pick<Props, 'shown' | 'openDemo' | 'onOpen'>) {
  const titles = useDemoTitles();
  return (
    <section>
      <h2>Demos</h2>
      <ol>
        {titles.map(([id, title]) => (
          <li key={id} data-live={shown?.kind === 'demo' && shown.demo === id}>
            <span>{title}</span>
            <Button
              aria-label={openDemo === id ? `${title} is open. Begin anew` : `Open ${title} here`}
              onClick={() => onOpen(id)}
            >
              {openDemo === id ? 'Anew' : 'Open'}
            </Button>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A demo that cannot be loaded now is listed by its id; opening it says why. */
function useDemoTitles(): readonly (readonly [string, string])[] {
  const [titles, setTitles] = useState<readonly (readonly [string, string])[]>(() =>
    [...DEMOS.keys()].map((id) => [id, id] as const),
  );
  useEffect(() => {
    const loads = [...DEMOS].map(async ([id, load]) => {
      const title = await load().then(
        (demo) => demo.title,
        () => id,
      );
      return [id, title] as const;
    });
    void Promise.all(loads).then(setTitles);
  }, []);
  return titles;
}
