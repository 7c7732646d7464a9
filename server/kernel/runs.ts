// Runs on the kernel link that pages ask for: one at a time on the whole server, the others wait in line, a
// page has one at a time, and nobody has the link for long.

import { release } from 'node:os';
import { writeTransitFile } from '../../src/capture/transit-file.ts';
import { done, type Reply, refused } from '../../src/contract/call.ts';
import type { KernelRunSeen } from '../../src/contract/kernel.ts';
import { type LinkRun, scenarioOfRun } from '../../src/sim/link-run.ts';
import { runOnKernel } from './kernel-run.ts';
import { sweep } from './namespaces.ts';
import { whyNoKernelLink } from './rights.ts';

/** Of real time, for one run. */
const LIMIT_MS = 12_000;
/** Beside the one that runs. With the limit, nobody waits longer than two minutes. */
const MOST_WAITING = 8;
const COMMENT =
  "Observed by Wirelight: the Linux kernel's own TCP or UDP between two network namespaces, over Wirelight's link. Each interface is one end of it, so each packet that arrived stands here twice.";

interface Entry {
  readonly run: LinkRun;
  readonly stop: AbortController;
  readonly onAhead: (runs: number) => void;
  settle(reply: Reply<KernelRunSeen>): void;
}

interface KernelRunsOptions {
  readonly why?: () => string | undefined;
  readonly limit?: number;
}

export class KernelRuns {
  readonly #waiting: Entry[] = [];
  #current: Entry | undefined;
  #ended: Promise<void> = Promise.resolve();
  #isClosed = false;
  /** Found out once, at the first request: it starts programs, and nobody may have that done over and over. */
  #why: () => string | undefined;
  readonly #limit: number;

  /** `why`: what is missing for the kernel link, in sentences. `limit`: ms of real time for one run. */
  constructor({ why = whyNoKernelLink, limit = LIMIT_MS }: KernelRunsOptions = {}) {
    this.#why = why;
    this.#limit = limit;
  }

  /**
   * Resolves when the run is over. `onAhead` is told how many runs are before it, whenever that changes. An
   * aborted run is refused, wherever it is.
   */
  ask(
    run: LinkRun,
    stop: AbortController,
    onAhead: (runs: number) => void,
  ): Promise<Reply<KernelRunSeen>> {
    const why = this.#why();
    this.#why = () => why;
    if (why !== undefined) {
      return Promise.resolve(
        refused('kernel/no-rights', `This server cannot use its kernel for it. ${why}`),
      );
    }
    if (this.#isClosed || this.#waiting.length >= MOST_WAITING) {
      const message = `${MOST_WAITING} runs wait for the kernel link already. Try again in a minute.`;
      return Promise.resolve(refused('kernel/busy', message));
    }
    return new Promise((settle) => {
      const entry = { run, stop, onAhead, settle };
      stop.signal.addEventListener('abort', () => this.#leave(entry), { once: true });
      this.#waiting.push(entry);
      this.#next();
      this.#tell();
    });
  }

  /** Ends what runs and takes it down; for the end of the server. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { stop } of [...this.#waiting]) stop.abort();
    this.#current?.stop.abort();
    await this.#ended;
  }

  #next(): void {
    if (this.#current) return;
    const entry = this.#waiting.shift();
    if (!entry) return;
    this.#current = entry;
    this.#ended = play(entry, this.#limit).then((reply) => {
      this.#current = undefined;
      entry.settle(reply);
      this.#next();
      this.#tell();
    });
  }

  #leave(entry: Entry): void {
    const place = this.#waiting.indexOf(entry);
    if (place < 0) return;
    this.#waiting.splice(place, 1);
    entry.settle(STOPPED);
    this.#tell();
  }

  #tell(): void {
    this.#current?.onAhead(0);
    for (const [i, { onAhead }] of this.#waiting.entries()) onAhead(i + 1);
  }
}

const STOPPED = refused('kernel/stopped', 'This run was stopped.');

async function play({ run, stop }: Entry, limit: number): Promise<Reply<KernelRunSeen>> {
  if (stop.signal.aborted) return STOPPED;
  try {
    const wishes = { limit, signal: stop.signal };
    const { records, isComplete, latest } = await runOnKernel(scenarioOfRun(run), wishes);
    if (stop.signal.aborted) return STOPPED;
    if (records.length === 0) {
      return refused(
        'kernel/failed',
        'The kernel sent no packet in the time for a run. Try again.',
      );
    }
    const file = writeTransitFile(records, ['client', 'server'], COMMENT);
    return done({ file, isComplete, latest, kernel: `Linux ${release()}` });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refused('kernel/failed', `The run on the kernel failed: ${why.slice(0, 160)}`);
  }
}

/** Removes what a server that died has left. Nothing where the rights are missing. */
export async function tidyUp(): Promise<void> {
  if (whyNoKernelLink() === undefined) await sweep();
}
