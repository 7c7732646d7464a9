// A demo with its knobs, its run, or a published capture of it.

import { useEffect, useState } from 'react';
import type { Scene } from '../contract/scene.ts';
import { fitParams, isSimulated, type LiveDemo } from '../demos/demo.ts';
import type { FaultScript } from '../faults/script.ts';
import { Button } from '../ui/Button.tsx';
import { KnobField } from '../ui/KnobField.tsx';
import { DemoHead } from './DemoHead.tsx';
import styles from './DemoView.module.css';
import type { DemoViewProps, Pushable } from './demo-view-props.ts';
import { Loading } from './Loading.tsx';
import { CutHere } from './link/CutHere.tsx';
import { LinkPanel } from './link/LinkPanel.tsx';
import { learnerScriptText, readLearnerScript } from './link/learner-script.ts';
import { SimulatedView } from './SimulatedView.tsx';
import { CaptureStage, type Cue } from './stage/CaptureStage.tsx';
import { cueTo } from './stage/cue-to.ts';
import { EmptyStage } from './stage/EmptyStage.tsx';
import { StageActions } from './stage/StageActions.tsx';
import { type CurrentRun, useDemoRun } from './stage/use-demo-run.ts';
import { useDemo, usePublished } from './use-demo.ts';
import { type Moment, useMoment } from './use-moment.ts';

type Params = DemoViewProps['params'];

export function DemoView(props: DemoViewProps) {
  const { value: demo, failure, retry } = useDemo(props.id);
  if (demo && isSimulated(demo)) return <SimulatedView {...props} demo={demo} />;
  if (demo) return <Ready {...props} demo={demo} />;
  return failure === undefined ? <Loading /> : <Failure retry={retry}>{failure}</Failure>;
}

function Ready(props: DemoViewProps & { readonly demo: LiveDemo }) {
  const { demo, id, params, onParams, published, see, start: startAt, level = 1, onLook } = props;
  const shared = usePublished(published);
  const { current, start } = useDemoRun();
  const [runs, setRuns] = useState(0);
  const { moment, onMoment, selection } = useMoment(current ? undefined : onLook);
  const values = fitParams(demo, params);
  const isRunning = current?.status === 'running';
  const own = readLearnerScript(params.link);
  const { speaker } = demo;
  /** The settings and the learner's script, as the address carries them. */
  const all = (script: FaultScript): Params => {
    const link = demo.ownsLink ? undefined : learnerScriptText(script);
    return link === undefined ? values : { ...values, link };
  };
  const run = (script = own.script) => {
    if (isRunning) return;
    setRuns(runs + 1);
    onParams(all(script));
    start(id, all(script));
    if (published !== undefined) onLook?.();
  };
  const sought = useSought(published === undefined ? see : undefined, run);
  const capture = current ? current.capture : shared.value;
  const source = current ? current.run : published;
  const pushable: Pushable = {
    forAll: { kind: 'demo', demo: id, params: all(own.script), playhead: 0 },
    moment: capture && source ? () => momentOf(id, all(own.script), source, moment()) : undefined,
  };
  return (
    <div className={styles.demo}>
      <DemoHead demo={demo} level={level}>
        <Knobs
          demo={demo}
          values={values}
          onChange={(changed) => onParams({ ...all(own.script), ...changed })}
        />
        <Button kind="primary" onClick={() => run()} aria-disabled={isRunning}>
          {isRunning ? 'Running…' : runs > 0 ? 'Run again' : 'Run'}
        </Button>
        <p className={styles.progress} role="status">
          {progress(current)}
        </p>
      </DemoHead>
      {demo.ownsLink ? null : (
        <LinkPanel {...{ own, capture, speaker }} onScript={(next) => onParams(all(next))} />
      )}
      {props.actions ? <div className={styles.actions}>{props.actions(pushable)}</div> : null}
      <section className={styles.stage} aria-label="Stage" data-empty={!capture}>
        {capture ? (
          <CaptureStage
            key={`${runs} ${published}`}
            {...{ capture, onMoment }}
            cue={cueOf(current, runs === 1 ? sought : undefined)}
            start={current ? undefined : startAt}
            Picture={demo.Picture}
            titles={demo.laneTitles}
            Extra={demo.Extra}
          />
        ) : shared.failure !== undefined && !current ? (
          <Failure retry={shared.retry}>{shared.failure}</Failure>
        ) : (
          <EmptyStage speaker={speaker}>
            {current?.failure ?? waiting(isRunning, shared.isLoading, speaker)}
          </EmptyStage>
        )}
        {capture && !demo.ownsLink ? (
          <CutHere
            capture={capture}
            selection={selection}
            script={own.script}
            onScript={(next) => onParams(all(next))}
            onRun={run}
          />
        ) : null}
        {current?.run && capture ? (
          <StageActions run={current.run} demo={id} params={all(own.script)} moment={moment} />
        ) : null}
        {capture && current?.failure ? (
          <p className={styles.failure} role="alert">
            {current.failure}
          </p>
        ) : null}
      </section>
    </div>
  );
}

interface KnobsProps {
  readonly demo: LiveDemo;
  readonly values: Params;
  onChange(changed: Params): void;
}

function Knobs({ demo, values, onChange }: KnobsProps) {
  return Object.entries(demo.params).map(([name, knob]) => (
    <KnobField
      key={name}
      knob={knob}
      value={values[name] ?? knob.initial}
      onChange={(value) => onChange({ [name]: value })}
    />
  ));
}

/** A demo that was opened for a field of its frames runs without being asked. Gives what was sought. */
function useSought(see: string | undefined, run: () => void): string | undefined {
  // The first run takes it out of the address.
  const [sought] = useState(see);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as it opens
  useEffect(() => {
    if (sought) run();
  }, []);
  return sought;
}

function Failure({ retry, children }: { retry(): void; readonly children: string }) {
  return (
    <EmptyStage>
      <p>{children}</p>
      <Button onClick={retry}>Try again</Button>
    </EmptyStage>
  );
}

const FROM_THE_START = { n: 1, play: { from: 0 } };

/** A run plays from its start; one that is over stands where the sought field is. */
function cueOf(current: CurrentRun | undefined, sought: string | undefined): Cue | undefined {
  const isOver = current?.status === 'finished';
  return current && ((isOver && cueTo(current.capture, sought)) || FROM_THE_START);
}

function waiting(isRunning: boolean, isLoading: boolean, speaker?: 'server'): string {
  if (isRunning) return 'Opening a lab and connecting to it…';
  if (isLoading) return 'Loading the recorded moment…';
  if (speaker) {
    return 'Nothing is on the wire yet. Press Run, and a client on the server says your text to a lab of your own.';
  }
  return 'Nothing is on the wire yet. Press Run, and your browser connects to a lab of your own.';
}

/** Said when a run begins and ends, not at each frame: it is read out. */
function progress(current: CurrentRun | undefined): string {
  if (!current) return '';
  const frames = current.capture?.frames.length ?? 0;
  if (current.status === 'running') return 'The run goes on; the frames come as they are seen.';
  return current.status === 'finished' ? `The run is over: ${frames} frames.` : '';
}

async function momentOf(
  demo: string,
  params: Params,
  source: NonNullable<CurrentRun['run']> | string,
  { playhead, selection }: Moment,
): Promise<Scene> {
  // Where the instructor was when she pressed, not where the picture has played to since.
  const at = { playhead: Math.max(0, Math.round(playhead)), ...(selection ? { selection } : {}) };
  const capture = typeof source === 'string' ? source : await source.publish?.();
  return { kind: 'demo', demo, params, ...(capture === undefined ? {} : { capture }), ...at };
}
