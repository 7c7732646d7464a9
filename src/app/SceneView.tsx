// What a scene shows, wherever it came from: a step of a lesson, or a moment of a demo.

import { useState } from 'react';
import type { Scene } from '../contract/scene.ts';
import { DemoView } from './DemoView.tsx';
import { LessonAt } from './LessonPage.tsx';
import { READY } from './lessons.ts';

export function SceneView({ scene }: { readonly scene: Scene }) {
  return scene.kind === 'step' ? <StepScene scene={scene} /> : <DemoScene scene={scene} />;
}

function StepScene({ scene }: { readonly scene: Extract<Scene, { kind: 'step' }> }) {
  // The learner may go back and forth on her own; the next push sets the step again.
  const [step, setStep] = useState(scene.step);
  const lesson = READY.get(scene.lesson);
  if (!lesson || step > lesson.steps.length) {
    return (
      <p>
        The instructor shows a lesson that this page does not have. Reload it to get the newest one.
      </p>
    );
  }
  return <LessonAt lesson={lesson} step={step} onStep={setStep} />;
}

function DemoScene({ scene }: { readonly scene: Extract<Scene, { kind: 'demo' }> }) {
  const [params, setParams] = useState<Readonly<Record<string, string>>>(scene.params);
  const { demo, capture, playhead, selection } = scene;
  const start = {
    playhead,
    ...(selection
      ? {
          selection: {
            frame: selection.frame,
            ...(selection.layer === undefined ? {} : { layer: selection.layer }),
          },
        }
      : {}),
  };
  return (
    <DemoView id={demo} params={params} onParams={setParams} published={capture} start={start} />
  );
}
