// How long a summary line for each packet of a large capture takes: `wirelight dissect` beside tshark, as
// whole processes on the same file in turn. Prints the figures; docs/measurements.md keeps them.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { socketIoCapture } from './socketio-packets.ts';

const PACKETS = 100_000;
const ROUNDS = 7;
/** Of tshark's time, at most. */
const BUDGET = 0.5;

interface Rival {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

const folder = mkdtempSync(join(tmpdir(), 'wirelight-bench-'));
const file = join(folder, 'socketio.pcap');
const capture = socketIoCapture(PACKETS);
writeFileSync(file, capture);

const rivals: readonly Rival[] = [
  {
    name: 'wirelight dissect',
    command: process.execPath,
    args: ['bin/wirelight.js', 'dissect', file],
  },
  { name: 'tshark', command: 'tshark', args: ['-r', file] },
];

function once({ command, args }: Rival): number {
  const start = performance.now();
  const { status, error, stdout } = spawnSync(command, args, {
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const took = performance.now() - start;
  if (error || status !== 0) throw error ?? new Error(`${command} ended with status ${status}`);
  const lines = stdout.reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 0);
  if (lines < PACKETS) throw new Error(`${command} printed ${lines} lines`);
  return took;
}

const isThere = ({ command }: Rival) => spawnSync(command, ['--version']).error === undefined;
const present = rivals.filter(isThere);
const times = new Map(present.map(({ name }) => [name, [] as number[]]));
for (let round = 0; round < ROUNDS; round++) {
  for (const rival of present) times.get(rival.name)?.push(once(rival));
}
rmSync(folder, { recursive: true });

const median = (list: readonly number[]): number =>
  list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;

console.log(
  `${PACKETS} packets, ${(capture.length / 1e6).toFixed(1)} MB, ${ROUNDS} rounds in turn`,
);
for (const [name, list] of times) {
  const [least, most] = [Math.min(...list), Math.max(...list)];
  console.log(
    `${name}: median ${median(list).toFixed(0)} ms (${least.toFixed(0)} to ${most.toFixed(0)})`,
  );
}
const [ours, theirs] = rivals.map(({ name }) => median(times.get(name) ?? []));
if (ours === undefined || theirs === undefined || Number.isNaN(theirs)) {
  console.log('tshark is not installed: nothing to compare with.');
} else {
  console.log(`${(ours / theirs).toFixed(2)} of tshark's time; the budget is ${BUDGET}.`);
  if (ours / theirs > BUDGET) process.exitCode = 1;
}
