// A demo with its knobs, its run, or a published capture of it.

import { useEffect, useRef, useState } from 'react';
import type { Capture, Selection } from '../capture/capture.ts';
import { fitParams, type LiveDemo } from '../demos/demo.ts';
import { DEMOS } from '../demos/index.ts';
import { Button } from '../ui/Button.tsx';
import { KnobField } from '../ui/KnobField.tsx';
import styles from './DemoView.module.css';
import { Loading } from './Loading.tsx';
import { CaptureStage } from './stage/CaptureStage.tsx';
import { EmptyStage } from './stage/EmptyStage.tsx';
import { StageActions } from './stage/StageActions.tsx';
import { useDemoRun } from './stage/use-demo-run.ts';
import { useTitle } from './use-title.ts';

type Params = Readonly<Record<string, string>>;

interface Props {
  readonly id: string;
  readonly params: Params;
  onParams(params: Params): void;
  /** Content hash of a published capture to show instead of a run. */
  readonly published?: string | undefined;
  readonly start?: { readonly playhead: number; readonly selection?: Selection };
  /** Told where the viewer is, for pushes. */
  onMoment?(playhead: number, selection: Selection | undefined): void;
}

export function DemoView({ id, params, onParams, published, start: startAt }: Props) {
  const demo = useDemo(id);
  const shared = usePublished(published);
  const { current, start } = useDemoRun();
  const [runs, setRuns] = useState(0);
  const moment = useRef<{ playhead: number; selection: Selection | undefined }>({
    playhead: 0,
    selection: undefined,
  });
  const [onMoment] = useState(() => (playhead: number, selection: Selection | undefined) => {
    moment.current = { playhead, selection };
  });
  useTitle(demo?.title ?? 'Demo');
  if (!demo) return <Loading />;
  const values = fitParams(demo, params);
  const run = () => {
    setRuns(runs + 1);
    onParams(values);
    start(id, values);
  };
  const capture = current ? current.capture : shared.capture;
  return (
    <div className={styles.demo}>
      <header className={styles.head}>
        <h1>{demo.title}</h1>
        <p>{demo.action}</p>
        <Knobs demo={demo} values={values} onChange={onParams} />
        <Button kind="primary" onClick={run} aria-disabled={current?.status === 'running'}>
          {current?.status === 'running' ? 'Running…' : runs > 0 ? 'Run again' : 'Run'}
        </Button>
      </header>
      <section className={styles.stage} aria-label="Stage">
        {capture ? (
          <CaptureStage
            key={runs}
            capture={capture}
            cue={current ? FROM_THE_START : undefined}
            start={current ? undefined : startAt}
            onMoment={onMoment}
          />
        ) : (
          <EmptyStage>{shared.failure ?? current?.failure ?? waiting(current?.status)}</EmptyStage>
        )}
        {current?.run && capture ? (
          <StageActions run={current.run} demo={id} params={values} moment={() => moment.current} />
        ) : null}
        {capture && current?.failure ? <p role="alert">{current.failure}</p> : null}
      </section>
    </div>
  );
}

const FROM_THE_START = { n: 1, play: { from: 0 } };

const waiting = (status: string | undefined): string =>
  status === 'running'
    ? 'Opening a lab and connecting to it…'
    : 'Nothing is on the wire yet. Press Run, and your browser connects to a lab of your own.';

interface KnobsProps {
  readonly demo: LiveDemo;
  readonly values: Params;
  onChange(values: Params): void;
}

function Knobs({ demo, values, onChange }: KnobsProps) {
  return Object.entries(demo.params).map(([name, knob]) => (
    <KnobField
      key={name}
      knob={knob}
      value={values[name] ?? knob.initial}
      onChange={(value) => onChange({ ...values, [name]: value })}
    />
  ));
}

function useDemo(id: string): LiveDemo | undefined {
  const [demo, setDemo] = useState<LiveDemo>();
  useEffect(() => {
    void DEMOS.get(id)?.().then(setDemo);
  }, [id]);
  return demo;
}

function usePublished(hash: string | undefined): { capture?: Capture; failure?: string } {
  const [shared, setShared] = useState<{ capture?: Capture; failure?: string }>({});
  useEffect(() => {
    setShared({});
    if (hash === undefined) return;
    void import('../live/recorded.ts')
      .then(({ loadPublished }) => loadPublished(hash))
      .then(
        (capture) => setShared({ capture }),
        (error: Error) => setShared({ failure: error.message }),
      );
  }, [hash]);
  return shared;
}
