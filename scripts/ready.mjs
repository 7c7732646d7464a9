// Makes a fresh clone ready: installs packages, builds, finds a browser. Runs before `npm start` and
// `npm test`, so it depends on nothing but Node. Does only what is missing, and says what it does.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './browser.mjs';
import { findWitnesses } from './witnesses.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const LEAST_NODE = [20, 19];
/** What the build is made from; a change in any of these makes it stale. */
const SOURCES = [
  'src',
  'server',
  'content',
  'vite',
  'public',
  'index.html',
  'package-lock.json',
  'vite.config.ts',
  'vite.server.config.ts',
];

checkNode();
install();
if (process.argv.includes('--build')) build();
if (process.argv.includes('--browser')) {
  await findBrowser(join(ROOT, '.cache'));
  findWitnesses(join(ROOT, '.cache'));
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  stop(`Wirelight needs Node ${LEAST_NODE.join('.')} or later; this is ${process.versions.node}.`);
}

function install() {
  const wanted = join(ROOT, 'package-lock.json');
  const stamp = join(ROOT, 'node_modules', '.wirelight-installed');
  const hash = () => createHash('sha256').update(readFileSync(wanted)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash()) return;
  say('Installing packages (once; about a minute)');
  // Not `npm ci`: it refuses a lock file that lacks other platforms' optional binaries, and which of
  // them npm writes down depends on the platform that made the file. Versions are the lock's all the same.
  run('npm', ['install', '--no-audit', '--no-fund']);
  writeFileSync(stamp, hash());
}

function build() {
  const stamp = join(ROOT, 'dist', '.built-from');
  const hash = hashOfSources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  say('Building (about half a minute)');
  run('npx', ['vite', 'build']);
  run('npx', ['vite', 'build', '--config', 'vite.server.config.ts']);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}

/** Names, sizes and times: enough to notice an edit, and fast enough for every start. */
function hashOfSources() {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of filesBelow(join(ROOT, source))) {
      const { size, mtimeMs } = statSync(file);
      hash.update(`${relative(ROOT, file)} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true })
    .map((entry) => join(path, entry))
    .filter((file) => statSync(file).isFile())
    .sort();
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) stop(`"${command}" could not be started: ${error.message}`);
  if (status !== 0) stop(`"${command} ${args.join(' ')}" failed. What it printed is above.`);
}

function say(what) {
  console.log(`› ${what} …`);
}

function stop(why) {
  console.error(why);
  process.exit(1);
}
