// The cells of random loss in docs/fidelity.md: completion times seed by seed, what was sent again and when,
// and the course of the window.

import { meanOutstanding, retransmissionsOf, type Step } from '../src/sim/run-comparison.ts';
import { type Compared, completion, mean, ms, signed } from './fidelity-report.ts';
import { CELL_BYTES, CELL_TIMES, CONGESTIONS, LOSSES } from './fidelity-scenarios.ts';

/** The aims: of each run, and of a cell's mean. */
const RUN_PERCENT = 10;
const MEAN_PERCENT = 5;

interface Cell {
  readonly title: string;
  readonly runs: readonly Compared[];
}

interface Figures {
  readonly kernel: number;
  readonly model: number;
  readonly off: number;
  readonly outstanding: number;
  /** How far the kernel's other runs were from the one in the middle, each in percent. */
  readonly others: readonly number[];
}

export function cellTables(compared: readonly Compared[]): string {
  const cells = CONGESTIONS.flatMap((congestion) =>
    LOSSES.flatMap((loss): readonly Cell[] => {
      const runs = compared.filter(({ job }) => job.congestion === congestion && job.loss === loss);
      return runs.length > 0 ? [{ title: `${congestion}, ${loss} %`, runs }] : [];
    }),
  );
  return `${cellTable(cells)}\n\n${runTable(cells)}`;
}

/** The kernel's run whose completion is the median. */
function middleOf({ job, kernels }: Compared): readonly Step[] {
  const sorted = kernels.map(({ steps }) => steps);
  sorted.sort((a, b) => completion(a, job) - completion(b, job));
  return sorted[sorted.length >> 1] ?? [];
}

function figuresOf(compared: Compared): Figures {
  const { job, model, kernels } = compared;
  const middle = middleOf(compared);
  const mine = completion(model, job);
  const theirs = completion(middle, job);
  const others = kernels.flatMap(({ steps }) =>
    steps === middle ? [] : [(completion(steps, job) / theirs - 1) * 100],
  );
  return {
    kernel: theirs,
    model: mine,
    off: (mine / theirs - 1) * 100,
    outstanding: (meanOutstanding(model, mine) / meanOutstanding(middle, theirs) - 1) * 100,
    others,
  };
}

const isNear = (percent: number, most: number): boolean => Math.abs(percent) <= most;
const offOf = (figures: readonly Figures[]): number =>
  (mean(figures.map(({ model }) => model)) / mean(figures.map(({ kernel }) => kernel)) - 1) * 100;

function cellTable(cells: readonly Cell[]): string {
  const all = cells.map(({ runs }) => runs.map(figuresOf));
  const good = all.flat().filter(({ off }) => isNear(off, RUN_PERCENT)).length;
  const near = all.filter((figures) => isNear(offOf(figures), MEAN_PERCENT)).length;
  const itself = all.flat().flatMap(({ others }) => others);
  const own = itself.filter((one) => isNear(one, RUN_PERCENT)).length;
  const rows = cells.map((cell, index) => cellRow(cell, all[index] ?? []));
  return `## Random loss, ${CELL_BYTES / 1_000} kB

${good} of ${all.flat().length} runs are within ${RUN_PERCENT} % of the kernel's completion time; the mean of ${near} of ${cells.length} cells is within ${MEAN_PERCENT} %. The kernel ran
each seed ${CELL_TIMES} times with the same losses, and the run in the middle counts: ${own} of the ${itself.length} others are within ${RUN_PERCENT} % of it (*the kernel itself*, its worst).
*Outstanding* compares the bytes sent and not yet acknowledged, averaged over a run: the course of the window in one figure. *Same
sent again* is how many of the kernel's retransmissions the model makes too (the same sequence number for the same time), and how far
apart in time they are at the median.

| | kernel, mean ms | model, mean ms | mean off | worst run | within ${RUN_PERCENT} % | the kernel itself | outstanding | same sent again |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}`;
}

function cellRow({ title, runs }: Cell, figures: readonly Figures[]): string {
  const kernel = ms(mean(figures.map((one) => one.kernel)));
  const model = ms(mean(figures.map((one) => one.model)));
  const worst = greatest(figures.map(({ off }) => off));
  const good = figures.filter(({ off }) => isNear(off, RUN_PERCENT)).length;
  const own = figures.flatMap(({ others }) => others);
  const itself = own.length > 0 ? signed(greatest(own)) : '';
  const flight = signed(mean(figures.map(({ outstanding }) => outstanding)));
  const off = signed(offOf(figures));
  return `| ${title} | ${kernel} | ${model} | ${off} | ${signed(worst)} | ${good} of ${runs.length} | ${itself} | ${flight} | ${sharedOf(runs)} |`;
}

const greatest = (percents: readonly number[]): number =>
  percents.reduce((most, one) => (Math.abs(one) > Math.abs(most) ? one : most), 0);

/** `97 %, 12.3 ms` */
function sharedOf(runs: readonly Compared[]): string {
  let total = 0;
  const apart: number[] = [];
  for (const run of runs) {
    const { model } = run;
    const mine = new Map(retransmissionsOf(model).map(({ seq, nth, at }) => [`${seq} ${nth}`, at]));
    for (const { seq, nth, at } of retransmissionsOf(middleOf(run))) {
      total++;
      const other = mine.get(`${seq} ${nth}`);
      if (other !== undefined) apart.push(Math.abs(other - at));
    }
  }
  if (total === 0) return 'nothing to send';
  if (apart.length === 0) return 'none';
  apart.sort((a, b) => a - b);
  const median = ms(apart[Math.floor(apart.length / 2)]);
  return `${((apart.length / total) * 100).toFixed(0)} %, ${median} ms`;
}

function runTable(cells: readonly Cell[]): string {
  const seeds = Math.max(...cells.map(({ runs }) => runs.length));
  const numbers = Array.from({ length: seeds }, (_, i) => String(i + 1));
  const rows = cells.map(({ title, runs }) => {
    const offs = runs.map(figuresOf).map(({ kernel, off }) => `${ms(kernel)} ${signed(off)}`);
    return `| ${title} | ${offs.join(' | ')} |`;
  });
  return `### Every run

The kernel's completion time in ms, and how far off the model is, for each seed.

| | ${numbers.join(' | ')} |
| --- |${' --- |'.repeat(seeds)}
${rows.join('\n')}`;
}
