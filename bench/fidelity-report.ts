// docs/fidelity.md as text: figures from the runs alone, and what they were taken on.

import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, version } from 'node:os';
import { completionOf, type Step } from '../src/sim/run-comparison.ts';
import { cellTables } from './fidelity-cells.ts';
import { type Job, QUEUE_PACKETS } from './fidelity-scenarios.ts';
import { shortTable } from './fidelity-shorts.ts';
import type { KernelAnswer } from './fidelity-worker.ts';

/** µs: a handshake that took longer lost something. */
const PLAIN = 100_000;

export interface Compared {
  readonly job: Job;
  readonly model: readonly Step[];
  /** One or more runs of the same scenario. */
  readonly kernels: readonly KernelAnswer[];
}

export function reportOf(compared: readonly Compared[], isRealTime: boolean): string {
  const cells = compared.filter(({ job }) => job.loss !== undefined);
  const shorts = compared.filter(({ job }) => job.loss === undefined);
  const late = compared.flatMap(({ kernels }) => kernels.map(({ latest }) => latest));
  const parts = [
    head(isRealTime, late, handshakes(shorts)),
    shorts.length > 0 ? shortTable(shorts) : '',
    cells.length > 0 ? cellTables(cells) : '',
    reasons(),
  ];
  return `${parts.filter(Boolean).join('\n\n').trimEnd()}\n`;
}

function head(
  isRealTime: boolean,
  late: readonly number[],
  [model, kernel]: readonly [number, number],
): string {
  const [cpu] = cpus();
  const load = loadavg().map((one) => one.toFixed(1));
  const priority = isRealTime
    ? 'Its processes run SCHED_RR'
    : 'Its processes have no priority (chrt was not to be had), so a busy machine distorts them';
  const sorted = [...late].sort((a, b) => a - b);
  const [middle, most] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  return `# Fidelity: the simulator beside the Linux kernel

Written by \`npm run fidelity\`; every figure is of one run of it, none by hand. Both engines get the same scenario, and every IP packet of
both passes the same code for the link and its faults with the same seed: they lose packets of the same ordinals. What is compared
is worked out from the packets on the link, for both by the same rule.

- **Kernel:** Linux ${release()} (${version()}), its own TCP between two network namespaces (\`server/kernel\`), without netem.
- **Machine:** ${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}; load average ${load.join(', ')} at the end. ${priority}.
- **The link's own error:** a packet that is due is handed over late, in each run by ${ms(middle)} ms at worst (the median of the runs; ${ms(most)} ms
  in the worst of them). The model's link is never late. An undisturbed handshake takes ${ms(kernel)} ms on the kernel (median) and ${ms(model)} ms in
  the model: the difference is what namespaces, socat and Node add to a round trip.
- **Date:** ${new Date().toISOString().slice(0, 10)}. **Node:** ${process.versions.node}.
- **Conditions:** 10 Mbit/s and 20 ms each way, a queue of ${QUEUE_PACKETS} packets with tail drop, MTU 1500, SACK and timestamps; loss from client to
  server where nothing else is said. The model runs its \`linux\` profile, unchanged.
- **Completion** is when the last byte had arrived, from the SYN on.`;
}

/** From the SYN to the acknowledgement of the SYN-ACK, where nothing of it was lost: the model's, and the kernel's median. */
function handshakes(shorts: readonly Compared[]): readonly [number, number] {
  const opened = (steps: readonly Step[]): number =>
    steps.filter(({ from }) => from === 'client')[1]?.at ?? Number.NaN;
  const plain = shorts.filter(({ model }) => opened(model) < PLAIN);
  const kernel = plain.flatMap(({ kernels }) => kernels.map(({ steps }) => opened(steps)));
  kernel.sort((a, b) => a - b);
  const [first] = plain;
  return [first ? opened(first.model) : Number.NaN, kernel[kernel.length >> 1] ?? Number.NaN];
}

export const ms = (time: number | undefined): string =>
  time === undefined || Number.isNaN(time) ? '–' : (time / 1_000).toFixed(1);

export const signed = (percent: number): string =>
  `${percent > 0 ? '+' : ''}${percent.toFixed(1)} %`;

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, one) => sum + one, 0) / values.length;

/** In µs; not a number where it never was complete. */
export const completion = (steps: readonly Step[], { bytes }: Job): number =>
  completionOf(steps, bytes) ?? Number.NaN;

/** Reasons are a person's: they stand in a file of their own. */
function reasons(): string {
  return readFileSync(new URL('./fidelity-reasons.md', import.meta.url), 'utf8');
}
