// Real time for a link, finer than the whole milliseconds of Node's timers: a thread sleeps until the
// next thing is due and wakes the main one.

import { Worker } from 'node:worker_threads';
import { createHeap } from '../../src/lib/heap.ts';
import { after, type Micros, micros } from '../../src/lib/time.ts';

interface Entry {
  readonly at: Micros;
  readonly order: number;
  readonly run: () => void;
}

/**
 * Sleeps for as long as the shared number says, in µs; negative: until there is something. Atomics.wait
 * comes back early when another time was set.
 */
const SLEEPER = `
const { parentPort, workerData } = require('node:worker_threads');
const due = new BigInt64Array(workerData);
for (;;) {
  const at = Atomics.load(due, 0);
  const left = at < 0n ? Infinity : Number(at - process.hrtime.bigint()) / 1e6;
  if (left > 0 && Atomics.wait(due, 0, at, left) !== 'timed-out') continue;
  if (Atomics.compareExchange(due, 0, at, -1n) === at) parentPort.postMessage(0);
}`;

const BACKSTOP_MS = 5;

export interface ExactClock {
  /** Since it was made. */
  now(): Micros;
  schedule(delay: number, run: () => void): () => void;
  close(): Promise<void>;
}

export function createExactClock(): ExactClock {
  const zero = process.hrtime.bigint();
  const now = (): Micros => micros(Number(process.hrtime.bigint() - zero) / 1_000);
  const due = new BigInt64Array(new SharedArrayBuffer(8));
  due[0] = -1n;
  const worker = new Worker(SLEEPER, { eval: true, workerData: due.buffer });
  const queue = createHeap<Entry>((a, b) => (a.at !== b.at ? a.at < b.at : a.order < b.order));
  let order = 0;
  const cancelled = new Set<number>();
  const wakeAt = (): void => {
    const next = queue.peek();
    Atomics.store(due, 0, next ? zero + BigInt(Math.round(next.at * 1_000)) : -1n);
    Atomics.notify(due, 0);
  };
  const runDue = (): void => {
    for (let next = queue.peek(); next && next.at <= now(); next = queue.peek()) {
      queue.pop();
      if (!cancelled.delete(next.order)) next.run();
    }
    wakeAt();
  };
  worker.on('message', runDue);
  // One lost waking would otherwise be the end of everything that is still to come.
  const again = setInterval(runDue, BACKSTOP_MS);
  return {
    now,
    schedule(delay, run) {
      const entry = { at: after(now(), delay), order: order++, run };
      queue.push(entry);
      if (queue.peek() === entry) wakeAt();
      return () => void cancelled.add(entry.order);
    },
    close: async () => {
      clearInterval(again);
      await worker.terminate();
    },
  };
}
