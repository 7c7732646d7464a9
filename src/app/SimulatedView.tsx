// A simulated demo with its knobs. Its run is there at once and follows every knob; no server takes
// part in it.

import { useMemo, useState } from 'react';
import { fitParams, type SimulatedDemo } from '../demos/demo.ts';
import { Button } from '../ui/Button.tsx';
import { KnobField } from '../ui/KnobField.tsx';
import { DemoHead } from './DemoHead.tsx';
import styles from './DemoView.module.css';
import type { DemoViewProps, Pushable } from './demo-view-props.ts';
import { CaptureStage } from './stage/CaptureStage.tsx';
import { cueTo } from './stage/cue-to.ts';
import { StageActions } from './stage/StageActions.tsx';
import { SimulatedRun } from './stage/simulated-run.ts';
import { useMoment } from './use-moment.ts';

type Props = DemoViewProps & { readonly demo: SimulatedDemo };

export function SimulatedView(props: Props) {
  const { demo, id, params, onParams, see, start, level = 1, onLook, actions } = props;
  const values = fitParams(demo, params);
  const settings = new URLSearchParams(values).toString();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the settings are the values as text
  const run = useMemo(() => new SimulatedRun(id, demo, values), [id, demo, settings]);
  const [opened] = useState(settings);
  const [replays, setReplays] = useState(0);
  const { moment, onMoment } = useMoment(onLook);
  const { capture } = run.snapshot();
  const isFirst = replays === 0 && settings === opened;
  const isAsOpened = isFirst && (start?.playhead ?? 0) > 0;
  const shown = useMemo(() => cueTo(capture, see), [capture, see]);
  const scene = { kind: 'demo', demo: id, params: values } as const;
  const pushable: Pushable = {
    forAll: { ...scene, playhead: 0 },
    async moment() {
      const { playhead, selection } = moment();
      return { ...scene, playhead: Math.round(playhead), ...(selection ? { selection } : {}) };
    },
  };
  return (
    <div className={styles.demo}>
      <DemoHead demo={demo} level={level}>
        {Object.entries(demo.params).map(([name, knob]) => (
          <KnobField
            key={name}
            knob={knob}
            value={values[name] ?? knob.initial}
            onChange={(value) => onParams({ ...values, [name]: value })}
          />
        ))}
        <Button kind="primary" onClick={() => setReplays(replays + 1)}>
          Play from the start
        </Button>
        <p className={styles.progress} role="status">
          {`Simulated: ${capture?.frames.length ?? 0} packets.`}
        </p>
      </DemoHead>
      {actions ? <div className={styles.actions}>{actions(pushable)}</div> : null}
      <section className={styles.stage} aria-label="Stage">
        {capture ? (
          <CaptureStage
            key={`${replays} ${settings}`}
            capture={capture}
            cue={isAsOpened ? undefined : (isFirst && shown) || FROM_THE_START}
            start={isAsOpened ? start : undefined}
            Picture={demo.Picture}
            Extra={demo.Extra}
            onMoment={onMoment}
          />
        ) : null}
        <StageActions run={run} demo={id} params={values} moment={moment} />
      </section>
    </div>
  );
}

const FROM_THE_START = { n: 1, play: { from: 0 } };
