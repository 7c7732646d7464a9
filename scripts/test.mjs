// `npm test`: every check there is, in the order in which they fail fastest. Stops at the first.

import { spawnSync } from 'node:child_process';

const STEPS = [
  ['Types', 'npx', ['tsc', '-b']],
  ['Lint and format', 'npx', ['biome', 'ci', '--error-on-warnings', '.']],
  [
    'Borders between folders',
    'npx',
    ['depcruise', '--config', '.dependency-cruiser.cjs', 'src', 'server'],
  ],
  ['Dead code', 'npx', ['knip']],
  ['Unit tests', 'npx', ['vitest', 'run']],
  ['Build', 'node', ['scripts/ready.mjs', '--build']],
  ['End-to-end tests', 'npx', ['playwright', 'test']],
];

const begun = performance.now();
for (const [title, command, args] of STEPS) {
  console.log(`\n› ${title} …`);
  const at = performance.now();
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error(`\n${title}: failed. To run it alone: ${command} ${args.join(' ')}`);
    process.exit(1);
  }
  console.log(`${title}: passed in ${since(at)}`);
}
console.log(`\nEverything passed in ${since(begun)}.`);

function since(at) {
  return `${((performance.now() - at) / 1_000).toFixed(1)} s`;
}
