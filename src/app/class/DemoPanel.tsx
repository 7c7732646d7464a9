// A demo on the instructor's own stage: she runs it, finds the moment, and shows it to the class.

import { useState } from 'react';
import type { Scene } from '../../contract/scene.ts';
import { Button } from '../../ui/Button.tsx';
import { DemoView } from '../DemoView.tsx';
import type { Pushable } from '../demo-view-props.ts';
import { selectionOf } from '../SceneView.tsx';
import styles from './DemoPanel.module.css';
import type { Push } from './use-push.ts';

export interface OpenDemo {
  readonly demo: string;
  readonly params: Readonly<Record<string, string>>;
  /** The moment to go on from. */
  readonly from?: Extract<Scene, { kind: 'demo' }>;
  /** Differs each time one is opened. */
  readonly n: number;
}

interface Props {
  readonly open: OpenDemo;
  readonly push: Push;
  readonly isPending: boolean;
  onClose(): void;
}

export function DemoPanel({ open, push, isPending, onClose }: Props) {
  const [params, setParams] = useState(open.params);
  const { demo, from } = open;
  const selection = from && selectionOf(from);
  const actions = ({ forAll, moment }: Pushable) => (
    <>
      <Button
        kind="primary"
        aria-disabled={isPending || !moment}
        onClick={() => moment && push('this moment, as recorded frames', moment)}
      >
        Show this moment
      </Button>
      <Button
        aria-disabled={isPending}
        onClick={() => push('the demo, for everybody to run', () => forAll)}
      >
        Let everybody run it
      </Button>
      <span className={styles.hint}>
        {moment
          ? 'Stops every screen where your playhead and selection are now.'
          : 'Run it first: then you can show a moment of it.'}
      </span>
    </>
  );
  return (
    <section className={styles.panel} aria-label="Demo to show">
      <Button className={styles.close} onClick={onClose}>
        Close the demo
      </Button>
      <DemoView
        id={demo}
        params={params}
        onParams={setParams}
        published={from?.capture}
        level={2}
        actions={actions}
        {...(from
          ? { start: { playhead: from.playhead, ...(selection ? { selection } : {}) } }
          : {})}
      />
    </section>
  );
}
