// A scenario on the real TCP and UDP of the server's kernel, lane after lane. Draws nothing.

import type { PacketRecord } from '../capture/packets.ts';
import { readTransitFile } from '../capture/transit-file.ts';
import { KERNEL_VERSION, type KernelRunSeen } from '../contract/kernel.ts';
import type { BesideLane } from '../demos/demo.ts';
import { ask, getAppSocket } from './app-socket.ts';

/** Longer than a run may take and wait for others, with what the server's refusals need. */
const PATIENCE_MS = 150_000;

export interface Observed {
  /** For each run, in order. */
  readonly records: readonly (readonly PacketRecord[])[];
  readonly kernel: string;
  /** In µs, of the latest packet of all runs. */
  readonly latest: number;
  /** False where the time that a run may take was over before the connection was. */
  readonly isComplete: boolean;
}

interface Wishes {
  /** Told when it has to wait for other pages' runs, and with 0 when its own begins. */
  onAhead(runs: number): void;
  readonly signal: AbortSignal;
}

/** One after the other. Rejects with a sentence for the learner. */
export async function runOnServer(
  runs: readonly BesideLane['run'][],
  { onAhead, signal }: Wishes,
): Promise<Observed> {
  const socket = getAppSocket();
  const stop = (): void => void ask('kernel:stop', { version: KERNEL_VERSION });
  socket.on('kernel:ahead', onAhead);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const seen: KernelRunSeen[] = [];
    for (const run of runs) {
      if (signal.aborted) break;
      const request = { version: KERNEL_VERSION, run };
      const reply = await ask<KernelRunSeen>('kernel:run', request, PATIENCE_MS);
      if (!reply.ok) throw new Error(reply.message);
      seen.push(reply.value);
    }
    return {
      records: seen.map(({ file }) => readTransitFile(new Uint8Array(file))),
      kernel: seen[0]?.kernel ?? '',
      latest: Math.max(...seen.map(({ latest }) => latest)),
      isComplete: seen.every(({ isComplete }) => isComplete),
    };
  } finally {
    socket.off('kernel:ahead', onAhead);
    signal.removeEventListener('abort', stop);
  }
}
