// One capture with its playhead, in every view at once. Knows neither lesson nor server.

import { domAnimation, LazyMotion, useReducedMotion } from 'framer-motion';
import { type ComponentType, useEffect, useMemo, useState } from 'react';
import type { Capture, Selection } from '../../capture/capture.ts';
import { FrameList } from '../../views/FrameList.tsx';
import { HexView } from '../../views/HexView.tsx';
import { Ladder } from '../../views/Ladder.tsx';
import { LayerTree } from '../../views/LayerTree.tsx';
import { passedAt } from '../../views/moments.ts';
import { Narration } from '../../views/Narration.tsx';
import { Stage } from '../../views/Stage.tsx';
import { TransportBar } from '../../views/TransportBar.tsx';
import { useTimeline } from '../../views/use-timeline.ts';
import type { ViewProps } from '../../views/view.ts';
import type { LaneTitles } from '../../views/wire-titles.ts';
import styles from './CaptureStage.module.css';
import { inTurn, readInTurn } from './in-turn.tsx';

export interface Cue {
  /** Changes with every new order. */
  readonly n: number;
  /** Play from there, or stand there. µs of the capture. */
  readonly play?: { readonly from: number };
  readonly point?: Selection;
}

interface Props {
  readonly capture: Capture;
  /** µs that the playhead may not pass. */
  readonly limit?: number | undefined;
  readonly cue?: Cue | undefined;
  /** What the playhead and selection are at first. */
  readonly start?: { readonly playhead: number; readonly selection?: Selection } | undefined;
  /** Drawn in place of the stage, its sentence and the ladder. */
  readonly Picture?: ComponentType<ViewProps> | undefined;
  /** What the lanes are called. */
  readonly titles?: LaneTitles | undefined;
  /** What the demo draws besides. */
  readonly Extra?: ComponentType<ViewProps> | undefined;
  /** Told where the learner is, for links and pushes. */
  onMoment?(playhead: number, selection: Selection | undefined): void;
}

export function CaptureStage(all: Props) {
  const { capture, limit, cue, start, Picture, titles, Extra, onMoment } = all;
  const reducedMotion = useReducedMotion() ?? false;
  const timeline = useTimeline(capture, {
    limit,
    reducedMotion,
    ...(start ? { from: start.playhead } : {}),
  });
  const [selection, setSelection] = useState<Selection | undefined>(start?.selection);
  const { playhead, moving, playing, seek, release } = timeline;
  useCue(cue, capture, { seek, release, select: setSelection });
  useEffect(() => onMoment?.(playhead, selection), [onMoment, playhead, selection]);
  const latest = newest(capture, playhead);
  const followed = useMemo(() => (latest === undefined ? undefined : { frame: latest }), [latest]);
  const detail = { capture, selection: selection ?? followed, onSelect: setSelection };
  const props = { ...detail, chosen: selection, playhead, moving };
  return (
    <LazyMotion features={domAnimation}>
      <div className={styles.stage} data-extra={Extra ? '' : undefined}>
        <div className={Picture ? styles.drawn : styles.picture}>
          {Picture ? (
            <Picture {...props} />
          ) : (
            <>
              <StageInTurn
                {...props}
                playing={playing}
                reducedMotion={reducedMotion}
                limit={timeline.end}
                titles={titles}
              />
              <NarrationInTurn capture={capture} playhead={playhead} playing={playing} />
              <LadderInTurn {...props} playing={playing} />
            </>
          )}
        </div>
        {Extra ? (
          <div className={styles.extra}>
            <Extra {...props} />
          </div>
        ) : null}
        <div className={styles.bar}>
          <TransportBar capture={capture} timeline={timeline} />
        </div>
        <div className={styles.details}>
          <ListInTurn {...props} playing={playing} />
          <div className={styles.bytes}>
            <div>
              <div>
                <TreeInTurn {...detail} playing={playing} />
              </div>
            </div>
            <div>
              <div>
                <HexInTurn {...detail} playing={playing} />
              </div>
            </div>
          </div>
        </div>
      </div>
    </LazyMotion>
  );
}

const StageInTurn = readInTurn(Stage);
const LadderInTurn = readInTurn(Ladder);
const NarrationInTurn = inTurn(Narration);
const ListInTurn = inTurn(FrameList);
const TreeInTurn = inTurn(LayerTree);
const HexInTurn = inTurn(HexView);

interface Orders {
  seek(at: number): void;
  release(from?: number): void;
  select(selection: Selection): void;
}

function useCue(cue: Cue | undefined, capture: Capture, { seek, release, select }: Orders): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: an order is carried out once
  useEffect(() => {
    if (cue?.play) release(cue.play.from);
    const frame = cue?.point && capture.frames[cue.point.frame];
    if (cue?.point && frame) {
      seek(frame.at);
      select(cue.point);
    }
  }, [cue?.n]);
}

/** While nothing is selected the details follow the playhead. */
function newest({ frames }: Capture, playhead: number): number | undefined {
  const passed = passedAt(frames, playhead);
  return passed === 0 ? undefined : passed - 1;
}
