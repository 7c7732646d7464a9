// ns-3 for comparison: builds bench/ns3/flows.cc against Debian's libns3-dev, which it installs where
// it is missing and this may, and runs it.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LIBRARIES = [
  'core',
  'network',
  'internet',
  'applications',
  'point-to-point',
  'traffic-control',
];

interface Ns3Run {
  readonly ms: number;
  readonly processorMs: number;
  readonly simulatedMs: number;
  readonly events: number;
  readonly received: number;
}

type RunNs3 = (flows: number, bytes: number, loss: number) => Ns3Run;

/** Throws with what is missing. */
export function buildNs3(): RunNs3 {
  if (!existsSync('/usr/include/ns3/core-module.h')) {
    const packages = ['g++', 'libns3-dev'];
    run('apt-get', ['install', '-y', '--no-install-recommends', ...packages]);
  }
  const program = join(mkdtempSync(join(tmpdir(), 'wirelight-')), 'flows');
  const source = new URL('ns3/flows.cc', import.meta.url).pathname;
  const libraries = LIBRARIES.map((name) => `-lns3-${name}`);
  run('g++', ['-O2', '-std=c++17', source, '-o', program, ...libraries]);
  return (flows, bytes, loss) =>
    JSON.parse(run(program, [String(flows), String(bytes), String(loss)])) as Ns3Run;
}

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return stdout;
  throw new Error(`${command} failed (ns-3 needs libns3-dev and g++): ${stderr ?? 'not found'}`);
}
