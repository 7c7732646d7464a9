// How near the simulator is to the kernel, run by run: the same scenarios on both, the same packets lost.
// Run: npm run fidelity            all of it, and writes docs/fidelity.md (some minutes, as root on Linux)
//      npm run fidelity -- quick   two seeds, prints only
//      … --traces FOLDER           writes every run down, packet by packet

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createInterface, type Interface } from 'node:readline';
import { whyNoKernelLink } from '../server/kernel/rights.ts';
import { completionOf, stepsOf } from '../src/sim/run-comparison.ts';
import { recordPackets } from '../src/sim/simulate.ts';
import { type Compared, reportOf } from './fidelity-report.ts';
import { cellJobs, type Job, shortJobs } from './fidelity-scenarios.ts';
import { writeTrace } from './fidelity-trace.ts';
import type { KernelAnswer } from './fidelity-worker.ts';

const DOCUMENT = 'docs/fidelity.md';
const SEEDS = 10;
/** So many pairs of namespaces at once. */
const AT_ONCE = 3;

const why = whyNoKernelLink();
if (why !== undefined) {
  console.error(`The kernel cannot be compared with here. ${why}`);
  process.exit(1);
}
const args = process.argv.slice(2);
const isQuick = args.includes('quick');
const folder = args.includes('--traces') ? args[args.indexOf('--traces') + 1] : undefined;
const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : undefined;
// A link whose process waits for a processor is not the link that was asked for.
const isRealTime = spawnSync('chrt', ['-r', '10', 'true']).status === 0;

const jobs = [...shortJobs(), ...cellJobs(isQuick ? 2 : SEEDS)].filter(
  ({ name }) => only === undefined || name.includes(only),
);
const compared: Compared[] = [];
const left = jobs.map((job, index) => ({ job, index }));
if (folder !== undefined) await mkdir(folder, { recursive: true });
await Promise.all(Array.from({ length: AT_ONCE }, () => work()));
const report = reportOf(
  compared.filter((one) => one !== undefined),
  isRealTime,
);
if (isQuick || only !== undefined) console.log(report);
else await writeFile(DOCUMENT, report);

async function work(): Promise<void> {
  const worker = startWorker();
  for (let next = left.shift(); next; next = left.shift()) {
    const { job, index } = next;
    const model = stepsOf(recordPackets(job.scenario).records);
    const kernels: KernelAnswer[] = [];
    for (let time = 0; time < job.times; time++) {
      const kernel = await worker.ask(job);
      if (kernel.problem !== undefined) throw new Error(`${job.name}: ${kernel.problem}`);
      kernels.push(kernel);
    }
    compared[index] = { job, model, kernels };
    if (folder !== undefined) await writeTrace(folder, job, model, kernels);
    const said = [model, ...kernels.map(({ steps }) => steps)]
      .map((steps) => ((completionOf(steps, job.bytes) ?? Number.NaN) / 1_000).toFixed(1))
      .join(', ');
    console.error(`${job.congestion} ${job.name}: model and kernel ${said} ms`);
  }
  worker.stop();
}

interface Worker {
  ask(job: Job): Promise<KernelAnswer>;
  stop(): void;
}

function startWorker(): Worker {
  const args = ['--import', 'tsx', 'bench/fidelity-worker.ts'];
  if (isRealTime) args.push('--real-time');
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  if (!child.stdout) throw new Error('the worker has no output');
  const lines: Interface = createInterface(child.stdout);
  return {
    ask: ({ scenario }) =>
      new Promise((resolve, reject) => {
        const fail = () => reject(new Error('the worker ended'));
        child.once('exit', fail);
        lines.once('line', (line) => {
          child.off('exit', fail);
          resolve(JSON.parse(line) as KernelAnswer);
        });
        // JSON has no undefined: a parameter that is not set is left out, and absent again there.
        child.stdin?.write(`${JSON.stringify(scenario)}\n`);
      }),
    stop: () => child.stdin?.end(),
  };
}
