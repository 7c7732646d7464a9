// The short scenarios in docs/fidelity.md: packet for packet, the model beside several runs of the kernel,
// and these beside each other.

import {
  type Difference,
  firstDifference,
  retransmissionsOf,
  type Side,
  type Step,
} from '../src/sim/run-comparison.ts';
import { type Compared, completion, ms, signed } from './fidelity-report.ts';
import { SHORT_TIMES } from './fidelity-scenarios.ts';

const SIDES = ['client', 'server'] as const;

export function shortTable(shorts: readonly Compared[]): string {
  const differences: string[] = [];
  const rows = shorts.map((one) => {
    differences.push(...differencesOf(one));
    return rowOf(one);
  });
  const same = shorts.filter((one) => sameRuns(one, 'client') > 0);
  const always = shorts.filter((one) => sameRuns(one, 'client') === one.kernels.length);
  const usually = shorts.filter((one) => sameRuns(one, 'client') * 2 > one.kernels.length);
  return `## Short scenarios, packet for packet

Each ran ${SHORT_TIMES} times on the kernel, which is not the same each time. *The same* means every packet of that side: sequence and
acknowledgement numbers, length, flags (but PSH), SACK blocks, what was lost; not the time. Of ${shorts.length} scenarios the client's packets are the
model's in every run of ${always.length}, in most runs of ${usually.length}, in at least one of ${same.length}. *The kernel's own* is how many of its other runs were
the same as its first: where that is low, no model can be the same each time.

| scenario | | kernel ms, least – median – most | model ms | off the median | sent again, kernel / model | the client's packets the same | the server's | the kernel's own: client, server |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

Where the first run of the kernel and the model part:

${differences.length > 0 ? differences.join('\n') : 'Nowhere.'}`;
}

function rowOf(one: Compared): string {
  const { job, model, kernels } = one;
  const times = kernels.map(({ steps }) => completion(steps, job)).sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)] ?? Number.NaN;
  const mine = completion(model, job);
  const counts = kernels.map(({ steps }) => retransmissionsOf(steps).length);
  const again = `${[...new Set(counts)].sort((a, b) => a - b).join(' or ')} / ${retransmissionsOf(model).length}`;
  const of = (count: number, all: number) => `${count} of ${all}`;
  const [client, server] = SIDES.map((side) => of(sameRuns(one, side), kernels.length));
  const [first, ...others] = kernels;
  const own = SIDES.map((side) => {
    const same = others.filter(({ steps }) => !firstDifference(first?.steps ?? [], steps, side));
    return of(same.length, others.length);
  });
  const spread = [times[0], median, times.at(-1)].map(ms).join(' – ');
  const off = signed((mine / median - 1) * 100);
  return `| ${job.name} | ${job.congestion} | ${spread} | ${ms(mine)} | ${off} | ${again} | ${client} | ${server} | ${own.join(', ')} |`;
}

const sameRuns = ({ model, kernels }: Compared, side: Side): number =>
  kernels.filter(({ steps }) => !firstDifference(model, steps, side)).length;

function differencesOf({ job, model, kernels: [first] }: Compared): readonly string[] {
  return SIDES.flatMap((side) => {
    const difference = firstDifference(model, first?.steps ?? [], side);
    return difference ? [`- ${job.name}, ${job.congestion}: ${saidOf(side, difference)}`] : [];
  });
}

function saidOf(side: Side, { ordinal, model, kernel }: Difference): string {
  const say = (step: Step | undefined): string => {
    if (!step) return 'nothing';
    const { seq, ack, length, at, sack, lostTo } = step;
    const rest = [sack && `SACK ${sack}`, lostTo && `lost: ${lostTo}`].filter(Boolean);
    const what = side === 'client' ? `${length} bytes at ${seq}` : `ACK ${ack}`;
    return `${[what, ...rest].join(', ')} (${ms(at)} ms)`;
  };
  return `packet ${ordinal} of the ${side}. Kernel: ${say(kernel)}. Model: ${say(model)}.`;
}
