// Says what the stage beside the step is to show. Draws nothing itself: the stage is the page's.

import { useEffect } from 'react';
import { useLessonHost } from './host.ts';
import { isMoment } from './moments.ts';

interface Props {
  readonly name: string;
  /** What differs from the demo's own settings, written as in its address: `transports=websocket`. */
  readonly params?: string;
  /** The moment at which the step begins. */
  readonly from?: string;
  /** The moment before which the picture waits for the prediction. */
  readonly until?: string;
  /** One sentence that says what the picture shows, for whoever cannot see it. */
  readonly picture: string;
}

export function Demo({ name, params = '', from, until, picture }: Props) {
  const { show } = useLessonHost();
  for (const moment of [from, until]) {
    if (moment !== undefined && !isMoment(moment))
      throw new Error(`there is no moment "${moment}"`);
  }
  useEffect(() => {
    show({
      demo: name,
      params: Object.fromEntries(new URLSearchParams(params)),
      ...(from ? { from } : {}),
      ...(until ? { until } : {}),
    });
  }, [show, name, params, from, until]);
  return <p className="visually-hidden">The picture: {picture}</p>;
}
