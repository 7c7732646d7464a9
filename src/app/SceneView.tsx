// What a scene shows, wherever it came from: a step of a lesson, or a moment of a demo.

import { useState } from 'react';
import type { Selection } from '../capture/capture.ts';
import type { Scene } from '../contract/scene.ts';
import { DEMOS } from '../demos/index.ts';
import { Button } from '../ui/Button.tsx';
import { DemoView } from './DemoView.tsx';
import { LessonAt } from './LessonPage.tsx';
import { READY } from './lessons.ts';
import { Page } from './Page.tsx';

type DemoScene = Extract<Scene, { kind: 'demo' }>;

interface Props<S extends Scene = Scene> {
  readonly scene: S;
  /** The learner's own step of the lesson, while she looks around. */
  readonly step: number | undefined;
  /** Told when the learner goes her own way; with the step that she went to. */
  onLook(step?: number): void;
}

export function SceneView({ scene, step, onLook }: Props) {
  if (scene.kind === 'demo') return <Demo scene={scene} onLook={onLook} />;
  const lesson = READY.get(scene.lesson);
  const shown = step ?? scene.step;
  if (!lesson || shown > lesson.steps.length) return <Outdated what="lesson" />;
  return <LessonAt lesson={lesson} step={shown} onStep={onLook} />;
}

function Demo({ scene, onLook }: Omit<Props<DemoScene>, 'step'>) {
  const [params, setParams] = useState<Readonly<Record<string, string>>>(scene.params);
  const { demo, capture, playhead } = scene;
  const selection = selectionOf(scene);
  if (!DEMOS.has(demo)) return <Outdated what="demo" />;
  return (
    <DemoView
      id={demo}
      params={params}
      onParams={setParams}
      published={capture}
      start={{ playhead, ...(selection ? { selection } : {}) }}
      onLook={() => onLook()}
    />
  );
}

/** What a scene points at, for the views. */
export function selectionOf({ selection }: DemoScene): Selection | undefined {
  if (!selection) return undefined;
  const { frame, layer, field } = selection;
  return {
    frame,
    ...(layer === undefined ? {} : { layer }),
    ...(field === undefined ? {} : { field }),
  };
}

function Outdated({ what }: { readonly what: 'lesson' | 'demo' }) {
  return (
    <Page title={`This page does not have that ${what} yet`}>
      <p>
        Your instructor shows a {what} that is newer than this page. Reload it, and you will be at
        the same place.
      </p>
      <Button kind="primary" onClick={() => location.reload()}>
        Reload
      </Button>
    </Page>
  );
}
