// A lesson beside its stage.

import { type ComponentProps, useEffect, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { LessonView } from './LessonView.tsx';
import { Loading } from './Loading.tsx';
import type { LessonModule } from './lesson-module.ts';
import { READY } from './lessons.ts';
import { NotFoundPage } from './NotFoundPage.tsx';
import { useTitle } from './use-title.ts';

export function LessonPage() {
  const { slug = '', step = '1' } = useParams();
  const navigate = useNavigate();
  const lesson = READY.get(slug);
  const number = Number(step);
  if (!lesson || !Number.isInteger(number) || number < 1 || number > lesson.steps.length) {
    return <NotFoundPage />;
  }
  return (
    <LessonAt
      key={slug}
      lesson={lesson}
      step={number}
      next={after(lesson)}
      onStep={(next) => void navigate(`/lessons/${slug}/${next}`)}
    />
  );
}

/** The next lesson, or the list of them behind the last. */
function after({ number }: LessonModule): { readonly to: string; readonly title: string } {
  const next = [...READY.values()].find((lesson) => lesson.number > number);
  return next
    ? { to: `/lessons/${next.slug}`, title: `lesson ${next.number}: ${next.title}` }
    : { to: '/demos', title: 'the demos: every setting is yours' };
}

interface Props {
  readonly lesson: LessonModule;
  readonly step: number;
  readonly next?: ComponentProps<typeof LessonView>['next'];
  onStep(step: number): void;
}

/** Also what a class sees when a step was pushed. */
export function LessonAt({ lesson, step, next, onStep }: Props) {
  useTitle(lesson.title);
  const content = useContent(lesson);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step begins at its top
  useEffect(() => {
    // Braces, because some browsers answer with a promise, which is no clean-up.
    scrollTo({ top: 0 });
  }, [step]);
  if (!content) return <Loading />;
  return <LessonView {...{ lesson, content, step, next, onStep }} />;
}

type Content = Awaited<ReturnType<LessonModule['load']>>['default'];
const arrived = new Map<LessonModule, Content>();

/**
 * The text of a lesson; nothing while it is on its way. Not `lazy`, because React holds back what follows
 * a fallback for 300 ms, and that on every screen of a class.
 */
function useContent(lesson: LessonModule): Content | undefined {
  const [, update] = useState<LessonModule>();
  useEffect(() => {
    if (arrived.has(lesson)) return;
    lesson.load().then(
      (module) => {
        arrived.set(lesson, module.default);
        update(lesson);
      },
      (error: unknown) =>
        update(() => {
          throw error;
        }),
    );
  }, [lesson]);
  return arrived.get(lesson);
}
