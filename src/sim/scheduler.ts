// The only clock in a simulation: what happens next, and when. Knows nothing of networks.

import { createHeap } from '../lib/heap.ts';
import { after, type Micros, micros } from '../lib/time.ts';

interface Entry {
  readonly at: Micros;
  readonly order: number;
  readonly run: () => void;
  isCancelled: boolean;
}

export interface Scheduler {
  now(): Micros;
  /** How many events have run. */
  processed(): number;
  /** Runs `run` after `delay`; the function it gives back cancels that. */
  schedule(delay: number, run: () => void): () => void;
  /** Runs the next event that is due by `until`; false when there is none. */
  runNext(until: Micros): boolean;
  /** Runs every event up to and including `until`, then leaves the clock there. */
  runUntil(until: Micros): void;
}

/**
 * Events at the same instant run in the order they were scheduled, so a run is a pure function of
 * its inputs. `now` never goes backwards.
 */
export function createScheduler(): Scheduler {
  const queue = createHeap<Entry>((a, b) => (a.at !== b.at ? a.at < b.at : a.order < b.order));
  let now = micros(0);
  let scheduled = 0;
  let processed = 0;

  function schedule(delay: number, run: () => void): () => void {
    if (!(delay >= 0)) throw new RangeError(`delay must be >= 0, got ${delay}`);
    const entry: Entry = { at: after(now, delay), order: scheduled++, run, isCancelled: false };
    queue.push(entry);
    return () => {
      entry.isCancelled = true;
    };
  }

  function runNext(until: Micros): boolean {
    for (let entry = queue.peek(); entry && entry.at <= until; entry = queue.peek()) {
      queue.pop();
      if (entry.isCancelled) continue;
      now = entry.at;
      processed++;
      entry.run();
      return true;
    }
    return false;
  }

  function runUntil(until: Micros): void {
    while (runNext(until));
    if (until > now) now = until;
  }

  return { now: () => now, processed: () => processed, schedule, runNext, runUntil };
}
