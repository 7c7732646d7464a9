// The steps that can be pushed, and which one is live.

import type { Scene } from '../../contract/scene.ts';
import { Button } from '../../ui/Button.tsx';
import { READY } from '../lessons.ts';
import styles from './RunSheet.module.css';

interface Props {
  readonly shown: Scene | undefined;
  onPush(scene: Scene): void;
}

export function RunSheet({ shown, onPush }: Props) {
  return (
    <nav className={styles.sheet} aria-label="Run sheet">
      {[...READY.values()].map(({ slug, title, steps }) => (
        <section key={slug}>
          <h2>
            {title} · {steps.length} steps
          </h2>
          <ol>
            {steps.map((name, i) => {
              const scene: Scene = { kind: 'step', lesson: slug, step: i + 1 };
              const isLive =
                shown?.kind === 'step' && shown.lesson === slug && shown.step === i + 1;
              return (
                <li key={name} data-live={isLive}>
                  <span>
                    {i + 1} {name}
                  </span>
                  <Button
                    kind={isLive ? 'primary' : 'quiet'}
                    aria-label={
                      isLive ? `Step ${i + 1} is live. Push it again` : `Push step ${i + 1}`
                    }
                    onClick={() => onPush(scene)}
                  >
                    {isLive ? 'Live' : 'Push'}
                  </Button>
                </li>
              );
            })}
          </ol>
        </section>
      ))}
    </nav>
  );
}
