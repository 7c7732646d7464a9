// What the simulator costs: the time of scenarios of the size that people ask for, beside ns-3 if asked
// for, and the memory of a long one. Run: npm run bench:sim [-- --ns3] [-- --memory]

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPacketCapture } from '../src/capture/packets.ts';
import { millis, seconds } from '../src/lib/time.ts';
import type { LinkShape } from '../src/sim/link.ts';
import type { FaultChoice } from '../src/sim/link-faults.ts';
import type { Scenario, TcpFlow } from '../src/sim/scenario.ts';
import { type Outcome, recordPackets, simulate } from '../src/sim/simulate.ts';
import type { StreamScript } from '../src/sim/stream-program.ts';
import { parametersOf } from '../src/sim/tcp/parameters.ts';
import { buildNs3 } from './ns3.ts';

const RUNS = 5;
const wanted = new Set(process.argv.slice(2));

const flowOf = (bytes: number): TcpFlow => {
  const client: StreamScript = { writes: [{ at: millis(0), bytes }], closes: 'done', pauses: [] };
  const server: StreamScript = { writes: [], closes: 'after peer', pauses: [] };
  return { kind: 'tcp', at: millis(0), client, server };
};

function scenarioOf(
  shape: LinkShape,
  faults: readonly FaultChoice[],
  flows: readonly TcpFlow[],
): Scenario {
  const parameters = parametersOf('linux');
  return {
    seed: 1,
    hostMtu: 1500,
    forbidsCutting: true,
    router: '10.0.0.254',
    client: { address: '10.0.0.1', parameters },
    server: { address: '10.0.0.2', parameters },
    up: { shape, faults },
    down: { shape, faults: [] },
    flows,
    endAt: seconds(100_000),
  };
}

const shape = (rate: number, delay: number, queuePackets: number): LinkShape => ({
  rate,
  delay: millis(delay),
  queuePackets,
  mtu: 1500,
});
const loss = (rate: number): FaultChoice[] => [{ name: 'loss', params: { rate } }];

const wide = shape(100_000_000, 10, 200);
const large = scenarioOf(wide, loss(0.1), [flowOf(50_000_000)]);
const many = scenarioOf(
  wide,
  [],
  Array.from({ length: 100 }, () => flowOf(500_000)),
);
const lesson = scenarioOf(shape(10_000_000, 20, 50), loss(1), [flowOf(200_000)]);

const ns3 = wanted.has('--ns3') ? buildNs3() : undefined;
const COLUMNS = ['what', 'wall ms', 'processor ms', 'simulated s', 'load average'];
console.log(`| ${COLUMNS.join(' | ')} |\n| ${COLUMNS.map(() => '---').join(' | ')} |`);
compare(
  '50 MB over one flow, 100 Mbit/s, 20 ms, 0.1 % loss',
  () => simulate(large),
  [1, 50e6, 0.001],
);
compare('100 flows of 500 kB through one bottleneck', () => simulate(many), [100, 500_000, 0]);
compare('200 kB for a lesson, every packet with its bytes, as a capture', () => {
  const { records, outcome } = recordPackets(lesson);
  createPacketCapture(records, 'modelled');
  return outcome;
});
if (wanted.has('--memory')) await memory();

interface Cost {
  readonly ms: number;
  readonly processorMs: number;
  readonly simulatedMs: number;
}

/** Both in turns, so that what else the machine does slows both; the run that cost the processor least counts. */
function compare(
  title: string,
  run: () => Outcome,
  same?: readonly [flows: number, bytes: number, loss: number],
): void {
  run();
  const ours: Cost[] = [];
  const theirs: Cost[] = [];
  for (let i = 0; i < RUNS; i++) {
    ours.push(costOf(run));
    if (ns3 && same) theirs.push(ns3(...same));
  }
  row(title, ours);
  if (theirs.length > 0) row(`the same, ns-3`, theirs);
}

function costOf(run: () => Outcome): Cost {
  const spent = process.cpuUsage();
  const begun = performance.now();
  const { endAt } = run();
  const ms = performance.now() - begun;
  const { user, system } = process.cpuUsage(spent);
  return { ms, processorMs: (user + system) / 1_000, simulatedMs: endAt / 1_000 };
}

function row(title: string, costs: readonly Cost[]): void {
  const least = [...costs].sort((a, b) => a.processorMs - b.processorMs)[0];
  if (!least) return;
  const { ms, processorMs, simulatedMs } = least;
  const load = (loadavg()[0] ?? 0).toFixed(1);
  const values = [ms.toFixed(0), processorMs.toFixed(0), (simulatedMs / 1_000).toFixed(1), load];
  console.log(`| ${[title, ...values].join(' | ')} |`);
}

/** `simulate --json` of 1 GB, its lines thrown away: what it holds as it goes. */
async function memory(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'wirelight-'));
  const file = join(folder, 'gigabyte.json');
  const link = { rate: 1_000_000_000, delayMs: 1, queuePackets: 500 };
  const flows = [{ client: { writes: [{ bytes: 1_000_000_000 }] } }];
  writeFileSync(file, JSON.stringify({ link, flows }));
  const begun = performance.now();
  const node = ['--import', 'tsx', 'server/main.ts', 'simulate', file, '--json'];
  const child = spawn(process.execPath, node, { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const resident: number[] = [];
  const watch = setInterval(() => resident.push(residentOf(child)), 1_000);
  const [code] = await ended;
  clearInterval(watch);
  rmSync(folder, { recursive: true });
  const known = resident.filter((one) => one > 0);
  const half = known.slice(known.length >> 1);
  const took = ((performance.now() - begun) / 1_000).toFixed(0);
  console.log(`\n1 GB as JSON lines: status ${code}, ${took} s; resident at most`);
  console.log(`  ${most(known.slice(0, known.length >> 1))} MB in the first half of it`);
  console.log(`  ${most(half)} MB in the second`);
}

/** In MB; 0 where it cannot be read. */
function residentOf({ pid }: ChildProcess): number {
  try {
    const [, kilobytes = '0'] =
      /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) / 1_024;
  } catch {
    return 0;
  }
}

function most(values: readonly number[]): string {
  return Math.max(0, ...values).toFixed(0);
}
