// Gets the programs that tests compare Wirelight with, where that can be done without asking anybody:
// as root on Debian. Elsewhere those tests say that they were not run, and why.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Debian's packages, each with the program that tells whether it is there. */
const WITNESSES = { tcpdump: 'tcpdump', tshark: 'tshark', socat: 'socat', iproute2: 'ip' };

/** Tries once; a machine without a network is not asked again until `folder` is emptied. */
export function findWitnesses(folder) {
  const missing = Object.keys(WITNESSES).filter((name) => !isThere(WITNESSES[name]));
  const tried = join(folder, 'witnesses-tried');
  if (missing.length === 0 || existsSync(tried)) return;
  if (process.getuid?.() !== 0 || !isThere('apt-get')) return;
  console.log(`› Installing Debian’s ${missing.join(', ')}, to compare with (once) …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { stdio: ['ignore', 'ignore', 'inherit'], env, timeout: 180_000 };
  spawnSync('apt-get', ['update', '-qq'], options);
  for (const name of missing) {
    const { status } = spawnSync('apt-get', ['install', '-y', '-qq', name], options);
    if (status !== 0) console.log(`› ${name} could not be installed; its tests will say so.`);
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(tried, '');
}

const isThere = (program) => spawnSync('which', [program]).status === 0;
