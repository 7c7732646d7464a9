// A scene in words and as an address, for those who are not looking at it now.

import { useEffect, useState } from 'react';
import type { Scene } from '../../contract/scene.ts';
import { DEMOS } from '../../demos/index.ts';
import { READY } from '../lessons.ts';

/** Such as `step 4 of “Does Socket.IO use HTTP?”`; fits after "The class is at". */
export function useSceneWords(scene: Scene | undefined): string {
  const title = useDemoTitle(scene?.kind === 'demo' ? scene.demo : undefined);
  if (!scene) return 'the beginning: nothing is shown yet';
  if (scene.kind === 'step') {
    const lesson = READY.get(scene.lesson);
    return lesson
      ? `step ${scene.step} of “${lesson.title}”`
      : 'a lesson that this page does not have';
  }
  return scene.capture === undefined
    ? `the demo “${title}”, which everybody runs`
    : `a recorded moment of “${title}”`;
}

function useDemoTitle(id: string | undefined): string {
  const [known, setKnown] = useState<{ readonly id: string; readonly title: string }>();
  useEffect(() => {
    if (id === undefined) return;
    let isCurrent = true;
    DEMOS.get(id)?.().then(
      ({ title }) => isCurrent && setKnown({ id, title }),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [id]);
  return known && known.id === id ? known.title : (id ?? '');
}

/** Where the same can be seen without the class. */
export function sceneAddress(scene: Scene): string {
  if (scene.kind === 'step') return `/lessons/${scene.lesson}/${scene.step}`;
  const { demo, params, capture, playhead, selection } = scene;
  const query = new URLSearchParams(params);
  if (capture !== undefined) {
    query.set('capture', capture);
    query.set('at', String(playhead));
  }
  if (selection) query.set('frame', String(selection.frame));
  if (selection?.layer !== undefined) query.set('layer', String(selection.layer));
  return `/demos/${demo}?${query}`;
}
