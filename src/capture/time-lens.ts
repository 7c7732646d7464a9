// The time lens: how long each moment of a capture is shown, so that microsecond bursts can be
// followed and long silences stay short. Owns the map, never the clock that plays it.
import type { Capture } from './capture.ts';

/** A strictly increasing map between capture time (µs) and shown time (ms of playing at speed 1). */
export interface TimeLens {
  /** When `at` µs of the capture is shown; clamped to the capture. */
  toShown(at: number): number;
  /** Which µs of the capture is shown then; clamped to the capture. */
  toCapture(shown: number): number;
  /** How many times slower than it happened the moment at `at` µs plays; below 1 it is faster. */
  stretchAt(at: number): number;
  /** The whole playing time at speed 1. */
  readonly totalMs: number;
}

/** Long enough to see a frame arrive and read its name. */
const STEP_MS = 450;
/** A longer run of frames gets shorter steps, or nobody would sit through it. */
const RUN = 50;

/** A lens with one knot for the start, each instant at which a frame is complete, and the end. */
export function createTimeLens(capture: Capture): TimeLens {
  const at = knots(capture);
  const steps = stepsOf(at);
  const shown = [0];
  for (const [i, step] of steps.entries()) {
    shown.push((shown[i] ?? 0) + shareOf(gapMs(at, i), step));
  }
  const totalMs = shown.at(-1) ?? 0;
  return {
    toShown: (time) => interpolate(at, shown, time),
    toCapture: (time) => interpolate(shown, at, time),
    stretchAt(time) {
      const i = segmentOf(at, time);
      const real = gapMs(at, i);
      return real > 0 ? ((shown[i + 1] ?? 0) - (shown[i] ?? 0)) / real : 1;
    },
    totalMs,
  };
}

const lenses = new WeakMap<Capture, TimeLens>();

/** `createTimeLens`, computed once a capture: captures never change. */
export function timeLensOf(capture: Capture): TimeLens {
  const known = lenses.get(capture);
  if (known) return known;
  const lens = createTimeLens(capture);
  lenses.set(capture, lens);
  return lens;
}

/** `10 000 times slower`, `3 times faster`: at most two digits that mean something. */
export function describeStretch(stretch: number): string {
  const factor = stretch >= 1 ? stretch : 1 / stretch;
  if (!Number.isFinite(factor) || factor < 1.05) return 'as fast as it happened';
  const digits = Number(factor.toPrecision(2)).toString();
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, '\u00a0');
  return `${grouped} times ${stretch > 1 ? 'slower' : 'faster'}`;
}

/** Increasing instants; frames that arrived together share one. Of a packet its arrival is one too. */
function knots({ connections, frames, endAt }: Capture): number[] {
  const starts = connections.map(({ openedAt }) => openedAt as number);
  const first = frames[0]?.firstAt ?? endAt;
  const at = [starts.reduce((least, start) => Math.min(least, start), first)];
  const arrivals = frames.flatMap(({ transit }) => transit?.arrivedAt ?? []);
  const instants = [...frames.map((frame) => frame.at), endAt];
  const sorted = arrivals.length > 0 ? [...instants, ...arrivals].sort((a, b) => a - b) : instants;
  for (const time of sorted) if (time > (at.at(-1) ?? 0)) at.push(time);
  return at;
}

const gapMs = (at: readonly number[], i: number): number =>
  ((at[i + 1] ?? at[i] ?? 0) - (at[i] ?? 0)) / 1_000;

/** The step of each gap: shorter within a run of more than `RUN` gaps with no pause between. */
function stepsOf(at: readonly number[]): number[] {
  const steps: number[] = [];
  const gaps = at.length - 1;
  for (let start = 0; start < gaps; start = steps.length) {
    let end = start + 1;
    while (end < gaps && gapMs(at, end) <= STEP_MS) end++;
    const count = end - start;
    const step = count <= RUN ? STEP_MS : (STEP_MS * RUN * (1 + Math.log2(count / RUN))) / count;
    for (let i = start; i < end; i++) steps.push(step);
  }
  return steps;
}

/** At least a step; a silence twice as long takes one step more. */
const shareOf = (realMs: number, step: number): number =>
  realMs <= step ? step : step * (1 + Math.log2(realMs / step));

/** The last segment that starts at or before `value`, or the nearest there is. */
function segmentOf(starts: readonly number[], value: number): number {
  let low = 0;
  let high = Math.max(0, starts.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

function interpolate(from: readonly number[], to: readonly number[], value: number): number {
  const i = segmentOf(from, value);
  const [a = 0, b = a] = [from[i], from[i + 1]];
  const [c = 0, d = c] = [to[i], to[i + 1]];
  if (!(value > a)) return c;
  return value >= b ? d : c + ((value - a) / (b - a)) * (d - c);
}
