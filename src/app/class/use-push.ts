// The instructor's pushes from one page: one at a time, and what came of the last one.

import { useCallback, useRef, useState } from 'react';
import type { Scene } from '../../contract/scene.ts';
import { pushScene } from '../../live/class-push.ts';

export interface PushState {
  /** What is being pushed, in the words of whoever asked. */
  readonly pending?: string;
  readonly said?: string;
  readonly failure?: string;
}

/** Pushes what `scene` gives, once it is there; `what` is how it is named to the instructor. */
export type Push = (what: string, scene: () => Scene | Promise<Scene>) => void;

interface Order {
  readonly what: string;
  readonly scene: () => Scene | Promise<Scene>;
}

/** The same again while it is pending is not pushed twice; of several others the last one waits. */
export function usePush(code: string, key: string): { state: PushState; push: Push } {
  const [state, setState] = useState<PushState>({});
  const pending = useRef<string>(undefined);
  const next = useRef<Order>(undefined);
  const push = useCallback<Push>(
    (what, scene) => {
      if (pending.current !== undefined) {
        next.current = pending.current === what ? undefined : { what, scene };
        return;
      }
      const work = async () => {
        for (
          let order: Order | undefined = { what, scene };
          order !== undefined;
          order = next.current
        ) {
          next.current = undefined;
          pending.current = order.what;
          setState({ pending: order.what });
          setState(await attempt(code, key, order));
        }
        pending.current = undefined;
      };
      void work();
    },
    [code, key],
  );
  return { state, push };
}

async function attempt(code: string, key: string, { what, scene }: Order): Promise<PushState> {
  try {
    const reply = await pushScene(code, key, await scene());
    if (reply.ok) return { said: `Pushed to the class: ${what}.` };
    // Only the server's own refusal makes sure that nothing came of it.
    const start = reply.code === 'unreachable' ? '' : 'Nothing was pushed. ';
    return { failure: `${start}${reply.message}` };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { failure: `Nothing was pushed. ${why}` };
  }
}
