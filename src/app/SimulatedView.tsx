// A simulated demo with its knobs. Its run is there at once and follows every knob; no server takes
// part in it, unless the learner lays a kernel's run beside it.

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Capture, Selection } from '../capture/capture.ts';
import { fitParams, type SimulatedDemo } from '../demos/demo.ts';
import { Button } from '../ui/Button.tsx';
import { KnobField } from '../ui/KnobField.tsx';
import { DemoHead } from './DemoHead.tsx';
import styles from './DemoView.module.css';
import type { DemoViewProps, Pushable } from './demo-view-props.ts';
import { BesideNote } from './stage/BesideNote.tsx';
import { CaptureStage } from './stage/CaptureStage.tsx';
import { cueTo } from './stage/cue-to.ts';
import { StageActions } from './stage/StageActions.tsx';
import { SimulatedRun, type SimulatedSnapshot } from './stage/simulated-run.ts';
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
  const { moment, onMoment, selection } = useMoment(onLook);
  const snapshot = useSyncExternalStore(run.subscribe, run.snapshot);
  useEffect(() => () => run.close(), [run]);
  const { capture } = snapshot;
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
        <Controls
          {...{ demo, values, snapshot, onParams }}
          ordinal={ordinalOf(capture, selection)}
          onReplay={() => setReplays(replays + 1)}
          onObserve={() => run.observe()}
        />
      </DemoHead>
      {actions ? <div className={styles.actions}>{actions(pushable)}</div> : null}
      <section className={styles.stage} aria-label="Stage">
        {capture ? (
          <CaptureStage
            // A kernel's run that has come plays from its start, with the model's.
            key={`${replays} ${settings} ${capture.sources?.at(-1)?.provenance}`}
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

interface ControlsProps extends Pick<Props, 'demo' | 'onParams'> {
  readonly values: Props['params'];
  readonly snapshot: SimulatedSnapshot;
  readonly ordinal: number | undefined;
  onReplay(): void;
  onObserve(): void;
}

function Controls(props: ControlsProps) {
  const { demo, values, snapshot, ordinal, onParams, onReplay, onObserve } = props;
  return (
    <>
      {Object.entries(demo.params).map(([name, knob]) => (
        <KnobField
          key={name}
          knob={knob}
          value={values[name] ?? knob.initial}
          onChange={(value) => onParams({ ...values, [name]: value })}
        />
      ))}
      <Button kind="primary" onClick={onReplay}>
        Play from the start
      </Button>
      <p className={styles.progress} role="status">
        {progress(snapshot)}
      </p>
      {demo.beside ? (
        <BesideNote
          beside={demo.beside}
          wish={values.beside}
          {...{ snapshot, ordinal, onObserve }}
          onParams={(changed) => onParams({ ...values, ...changed })}
        />
      ) : null}
    </>
  );
}

function progress({ capture, status }: SimulatedSnapshot): string {
  if (status === 'running') return 'Loading the recording…';
  const frames = capture?.frames ?? [];
  if (!capture?.sources) return `Simulated: ${frames.length} packets.`;
  const kernel = capture.sources.find(({ provenance }) => provenance !== 'modelled');
  const models = modelledIn(capture);
  return `Simulated: ${models} packets. ${kernel?.provenance === 'observed' ? 'Observed' : 'Recorded'}: ${frames.length - models}.`;
}

function modelledIn({ connections, frames, sources = [] }: Capture): number {
  const modelled = new Set(
    sources.filter(({ provenance }) => provenance === 'modelled').map(({ lane }) => lane),
  );
  const ids = new Set(connections.filter(({ lane }) => modelled.has(lane)).map(({ id }) => id));
  return frames.filter(({ connection }) => ids.has(connection)).length;
}

/** Which packet of the client is selected, from 1 on its connection. */
function ordinalOf(
  capture: Capture | undefined,
  selection: Selection | undefined,
): number | undefined {
  const { frames = [] } = capture ?? {};
  const chosen = selection && frames[selection.frame];
  if (chosen?.direction !== 'up') return undefined;
  const sent = frames.filter(
    ({ connection, direction }) => connection === chosen.connection && direction === 'up',
  );
  return sent.indexOf(chosen) + 1;
}

const FROM_THE_START = { n: 1, play: { from: 0 } };
