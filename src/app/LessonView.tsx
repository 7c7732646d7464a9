// Prose on the left, stage on the right; under 900 px the stage stands on top. Carries out what the
// lesson asks of the stage.

import { type ComponentProps, lazy, Suspense } from 'react';
import { LessonHostContext } from '../lessons/host.ts';
import { Lesson } from '../lessons/Lesson.tsx';
import styles from './LessonView.module.css';
import type { LessonModule } from './lesson-module.ts';
import { EmptyStage } from './stage/EmptyStage.tsx';
import { Whereabouts } from './stage/Whereabouts.tsx';
import { useLessonStage } from './use-lesson-stage.ts';

const CaptureStage = lazy(() =>
  import('./stage/CaptureStage.tsx').then((m) => ({ default: m.CaptureStage })),
);

interface Props {
  readonly lesson: LessonModule;
  readonly content: ComponentProps<typeof Lesson>['content'];
  readonly step: number;
  readonly next?: ComponentProps<typeof Lesson>['next'];
  onStep(step: number): void;
}

export function LessonView({ lesson, content, step, next, onStep }: Props) {
  const { host, stage } = useLessonStage(lesson.captures);
  const { slug, number, steps } = lesson;
  return (
    <LessonHostContext.Provider value={host}>
      <div className={styles.view}>
        <section className={styles.stage} aria-label="Stage">
          {stage.notice ? (
            <p className={styles.notice} role="status">
              {stage.notice}
            </p>
          ) : null}
          {stage.capture ? <Whereabouts at={stage.at} capture={stage.capture} /> : null}
          {stage.capture ? (
            <Suspense fallback={<EmptyStage>Opening the picture…</EmptyStage>}>
              <CaptureStage
                capture={stage.capture}
                limit={stage.limit}
                cue={stage.cue}
                Picture={stage.Picture}
                titles={stage.titles}
                Extra={stage.Extra}
              />
            </Suspense>
          ) : (
            <EmptyStage speaker={stage.speaker}>{stage.empty}</EmptyStage>
          )}
        </section>
        <div className={styles.prose}>
          <Lesson {...{ slug, number, steps, content, step, next, onStep }} />
        </div>
      </div>
    </LessonHostContext.Provider>
  );
}
