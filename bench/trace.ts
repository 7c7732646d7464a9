// What a Chromium trace says about the main thread of a page: how much it worked in each frame.

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** µs. */
  readonly ts: number;
  /** µs on the wall. */
  readonly dur?: number;
  /** µs that the thread had a processor; Chromium leaves it out where it is 0. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

export interface FrameWork {
  /**
   * What the main thread worked in every frame, in ms: the time that it had a processor within its
   * outermost tasks, from one animation frame to the next. The time that neighbours on the machine
   * have it is not in it.
   */
  readonly work: readonly number[];
  /** The same tasks on the wall clock, which runs on while others have the processor. */
  readonly wall: readonly number[];
  /** Frames that reached the screen, a second. */
  readonly shownPerSecond: number;
}

/** Throws when the trace holds no frame, which would be a fault of the measurement. */
export function frameWork(json: string): FrameWork {
  const { traceEvents } = JSON.parse(json) as { traceEvents: TraceEvent[] };
  const main = busiestMain(traceEvents);
  const onMain = traceEvents.filter(({ pid, tid }) => pid === main.pid && tid === main.tid);
  const tasks = outermost(onMain.filter(isTask));
  const begins = onMain
    .filter(({ name, ph }) => name === 'AnimationFrame' && ph === 'b')
    .map(({ ts }) => startOfTask(tasks, ts))
    .sort((a, b) => a - b);
  const [first, last] = [begins[0], begins.at(-1)];
  if (first === undefined || last === undefined || last === first) {
    throw new Error('The trace holds no frame.');
  }
  const shown = traceEvents.filter(
    ({ name, pid, ts }) =>
      name === 'AnimationFrame::Presentation' && pid === main.pid && ts >= first && ts < last,
  );
  const frames = begins.slice(0, -1).map((begin, i) => {
    const end = begins[i + 1] ?? begin;
    return tasks.filter(({ ts }) => ts >= begin && ts < end);
  });
  const sumOf = (time: 'dur' | 'tdur'): number[] =>
    frames.map((within) => within.reduce((sum, task) => sum + (task[time] ?? 0), 0) / 1_000);
  return {
    work: sumOf('tdur'),
    wall: sumOf('dur'),
    shownPerSecond: shown.length / ((last - first) / 1_000_000),
  };
}

/** How long each task of the main thread was, in ms. */
export function taskTimes(json: string): Pick<FrameWork, 'work' | 'wall'> {
  const { traceEvents } = JSON.parse(json) as { traceEvents: TraceEvent[] };
  const main = busiestMain(traceEvents);
  const onMain = traceEvents.filter(({ pid, tid }) => pid === main.pid && tid === main.tid);
  const tasks = outermost(onMain.filter(isTask));
  return {
    work: tasks.map(({ tdur = 0 }) => tdur / 1_000),
    wall: tasks.map(({ dur = 0 }) => dur / 1_000),
  };
}

const isTask = ({ name, ph }: TraceEvent): boolean =>
  ph === 'X' && (name === 'RunTask' || name === 'ThreadControllerImpl::RunTask');

/** The main thread of the page: of all renderers the one that worked most. */
function busiestMain(events: readonly TraceEvent[]): { pid: number; tid: number } {
  const mains = events.filter(
    ({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain',
  );
  const workOf = (main: TraceEvent): number =>
    events
      .filter((event) => event.pid === main.pid && event.tid === main.tid && isTask(event))
      .reduce((sum, { dur = 0 }) => sum + dur, 0);
  const [busiest] = mains.sort((a, b) => workOf(b) - workOf(a));
  if (!busiest) throw new Error('The trace holds no renderer.');
  return busiest;
}

/** Tasks that lie in no other, in order. */
function outermost(tasks: readonly TraceEvent[]): readonly TraceEvent[] {
  const kept: TraceEvent[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const task of [...tasks].sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))) {
    if (task.ts < end) continue;
    kept.push(task);
    end = task.ts + (task.dur ?? 0);
  }
  return kept;
}

/** A frame begins with the task that its animation frame runs in. */
function startOfTask(tasks: readonly TraceEvent[], ts: number): number {
  return tasks.findLast((task) => task.ts <= ts && ts <= task.ts + (task.dur ?? 0))?.ts ?? ts;
}

/** Of sorted or unsorted numbers the one that `part` of them do not exceed. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? 0;
}
