// What a demo lets its learner change, as the page around the lesson knows it.

import { useEffect, useState } from 'react';
import { type Knob, useLessonHost } from './host.ts';

/** Those named, separated by spaces; all of them if absent. Empty until the demo has come. */
export function useKnobs(demo: string, names: string | undefined): readonly Knob[] {
  const { knobsOf } = useLessonHost();
  const [knobs, setKnobs] = useState<readonly Knob[]>([]);
  useEffect(() => {
    let isWanted = true;
    const chosen = names?.split(' ');
    void knobsOf(demo).then(
      (all) => isWanted && setKnobs(all.filter(({ name }) => chosen?.includes(name) ?? true)),
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [knobsOf, demo, names]);
  return knobs;
}
