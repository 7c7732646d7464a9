// A lesson beside its stage.

import { lazy, Suspense, useEffect } from 'react';
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
      onStep={(next) => void navigate(`/lessons/${slug}/${next}`)}
    />
  );
}

interface Props {
  readonly lesson: LessonModule;
  readonly step: number;
  onStep(step: number): void;
}

/** Also what a class sees when a step was pushed. */
export function LessonAt({ lesson, step, onStep }: Props) {
  useTitle(lesson.title);
  const Content = contentOf(lesson);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step begins at its top
  useEffect(() => {
    // Braces, because some browsers answer with a promise, which is no clean-up.
    scrollTo({ top: 0 });
  }, [step]);
  return (
    <Suspense fallback={<Loading />}>
      <LessonView lesson={lesson} content={Content} step={step} onStep={onStep} />
    </Suspense>
  );
}

const contents = new WeakMap<LessonModule, ReturnType<typeof lazyContent>>();
const lazyContent = (lesson: LessonModule) => lazy(lesson.load);

/** One for all, so that a push to a lesson that is here already waits for nothing. */
function contentOf(lesson: LessonModule): ReturnType<typeof lazyContent> {
  const content = contents.get(lesson) ?? lazyContent(lesson);
  contents.set(lesson, content);
  return content;
}
