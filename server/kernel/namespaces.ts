// The network namespaces of kernel links: what they are called, how they are made, and how what a dead
// owner left is found and removed. The name says which process made it.

import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PREFIX = 'wirelight-';
const NAME = /^wirelight-(\d+)-(\d+)-\d+/;
const ENDS = ['client', 'server'] as const;

export interface Pair {
  readonly client: string;
  readonly server: string;
  /** Where its Unix sockets are. */
  readonly folder: string;
}

let made = 0;

/** Two empty namespaces and a folder, all named for this process. */
export async function makePair(): Promise<Pair> {
  const base = `${PREFIX}${process.pid}-${await startOf(process.pid)}-${++made}`;
  const pair = {
    client: `${base}-client`,
    server: `${base}-server`,
    folder: join(tmpdir(), base),
  };
  await mkdir(pair.folder, { mode: 0o700 });
  for (const end of ENDS) await run('ip', ['netns', 'add', pair[end]]);
  return pair;
}

export async function removePair(pair: Pair): Promise<void> {
  for (const end of ENDS) await removeNamespace(pair[end]);
  await rm(pair.folder, { recursive: true, force: true });
}

/** Removes what processes that are gone left behind; the names of what it removed. */
export async function sweep(): Promise<readonly string[]> {
  const removed: string[] = [];
  for (const name of await namesOfNamespaces()) {
    if (!(await isOrphan(name))) continue;
    await removeNamespace(name);
    removed.push(name);
  }
  for (const name of await readdir(tmpdir())) {
    if (!(await isOrphan(name))) continue;
    await rm(join(tmpdir(), name), { recursive: true, force: true });
    removed.push(name);
  }
  return removed;
}

/** All namespaces of kernel links on this machine, whoever made them. */
export async function namesOfNamespaces(): Promise<readonly string[]> {
  const { stdout } = await run('ip', ['netns', 'list']);
  const names = stdout.split('\n').map((line) => line.split(' ')[0] ?? '');
  return names.filter((name) => NAME.test(name));
}

/** A number that is used again belongs to a process that started at another time. */
async function isOrphan(name: string): Promise<boolean> {
  const [, pid, start] = NAME.exec(name) ?? [];
  return pid !== undefined && (await startOf(Number(pid))) !== start;
}

/** When a process started, in ticks since the boot (proc(5), field 22); nothing when there is none. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The second field is a name in brackets, which may hold anything.
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? undefined : rest[18];
  } catch {
    return undefined;
  }
}

/** Ends what still runs in it first: nothing but our own programs ever runs there. */
async function removeNamespace(name: string): Promise<void> {
  if (!(await namesOfNamespaces()).includes(name)) return;
  const { stdout } = await run('ip', ['netns', 'pids', name]);
  for (const pid of stdout.split('\n').filter(Boolean)) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It ended by itself in between.
    }
  }
  await run('ip', ['netns', 'delete', name]);
}
