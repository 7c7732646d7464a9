// Who comes first on the machine's processors during a run: what a busy machine adds to the link's delay
// is no part of it. SCHED_RR and not SCHED_FIFO, and the link's own helping threads before its main one:
// V8's main thread asks again and again whether its garbage collector's threads are done. Two such, each
// for ever on one of two processors, wait for threads that never run.

import { spawnSync } from 'node:child_process';

/** What carries packets comes before the link, and the link before the programs that make them. */
const PRIORITY = { bridge: 12, helpers: 11, link: 10, program: 5 } as const;

/** Words before a command that gives its process this place. */
export const ranked = (place: keyof typeof PRIORITY): readonly string[] => [
  'chrt',
  '-r',
  String(PRIORITY[place]),
];

/** Gives this process the link's place; false where the system does not let it. Call it when all is loaded. */
export function takePriority(): boolean {
  const set = (place: keyof typeof PRIORITY, ...which: readonly string[]): boolean =>
    spawnSync('chrt', [...which, '-r', '-p', String(PRIORITY[place]), String(process.pid)])
      .status === 0;
  return set('helpers', '-a') && set('link');
}
