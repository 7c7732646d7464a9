// What the class sees now, in words, and what came of the last push.

import type { Scene } from '../../contract/scene.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './OnScreen.module.css';
import { sceneAddress, useSceneWords } from './scene-words.ts';
import type { PushState } from './use-push.ts';

interface Props {
  readonly scene: Scene | undefined;
  readonly push: PushState;
  onOpen(scene: Extract<Scene, { kind: 'demo' }>): void;
}

export function OnScreen({ scene, push, onOpen }: Props) {
  const words = useSceneWords(scene);
  return (
    <section className={styles.screen} aria-label="On the screens now">
      <p className={styles.now}>
        {scene ? (
          <>
            On the screens: <strong>{words}</strong>
          </>
        ) : (
          'Nothing is on the screens yet. Push a step, or open a demo and show a moment of it.'
        )}
      </p>
      {scene ? (
        <p className={styles.ways}>
          <a href={sceneAddress(scene)} target="_blank" rel="noopener">
            See what learners see<span className="visually-hidden"> (opens in a new tab)</span>
          </a>
          {scene.kind === 'demo' ? (
            <Button onClick={() => onOpen(scene)}>Go on from it here</Button>
          ) : null}
        </p>
      ) : null}
      <p className={styles.said} role="status">
        {push.pending === undefined ? push.said : `Pushing ${push.pending}…`}
      </p>
      {push.failure === undefined ? null : (
        <p className={styles.failure} role="alert">
          {push.failure}
        </p>
      )}
    </section>
  );
}
