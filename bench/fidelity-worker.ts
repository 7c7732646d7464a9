// Runs scenarios on the kernel, one after the other, in a process whose priority is its own: reads jobs
// as JSON lines, answers with their packets as JSON lines. Started by fidelity.ts.

import { createInterface } from 'node:readline';
import { runOnKernel } from '../server/kernel/kernel-run.ts';
import { takePriority } from '../server/kernel/priority.ts';
import { type Step, stepsOf } from '../src/sim/run-comparison.ts';
import type { Scenario } from '../src/sim/scenario.ts';

export interface KernelAnswer {
  readonly steps: readonly Step[];
  readonly received: number;
  readonly isComplete: boolean;
  /** In µs: how late the latest packet was handed over. */
  readonly latest: number;
  readonly problem?: string;
}

const LIMIT_MS = 180_000;

// Not before everything is loaded: the compiler behind tsx must not have it.
const isRealTime = process.argv.includes('--real-time') && takePriority();

for await (const line of createInterface(process.stdin)) {
  const scenario = JSON.parse(line) as Scenario;
  process.stdout.write(`${JSON.stringify(await answer(scenario))}\n`);
}

async function answer(scenario: Scenario): Promise<KernelAnswer> {
  try {
    const run = await runOnKernel(scenario, { limit: LIMIT_MS, isRealTime });
    const { records, isComplete, latest, ends } = run;
    const { received } = ends.server;
    return { steps: stepsOf(records), received, isComplete, latest };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { steps: [], received: 0, isComplete: false, latest: 0, problem };
  }
}
