// The kernel's requests on the app's own Socket.IO.

import type { Server, Socket } from 'socket.io';
import { done } from '../../src/contract/call.ts';
import {
  KERNEL_CALLS,
  type KernelClientToServer,
  type KernelServerToClient,
} from '../../src/contract/kernel.ts';
import { answerCalls } from '../answer-calls.ts';
import type { KernelRuns } from './runs.ts';

type AppSocket = Socket<KernelClientToServer, KernelServerToClient>;

interface Parts {
  readonly runs: KernelRuns;
  onBug(error: unknown): void;
}

/** Answers every row of `KERNEL_CALLS`. A page that is gone, or that asks again, gives its run up. */
export function serveKernel(io: Server, { runs, onBug }: Parts): void {
  io.on('connection', (plain: Socket) => {
    const socket = plain as unknown as AppSocket;
    let stop: AbortController | undefined;
    socket.on('disconnect', () => stop?.abort());
    answerCalls(
      plain,
      KERNEL_CALLS,
      {
        'kernel:run': ({ run }) => {
          stop?.abort();
          stop = new AbortController();
          return runs.ask(run, stop, (before) => socket.emit('kernel:ahead', before));
        },
        'kernel:stop': () => {
          stop?.abort();
          return done(null);
        },
      },
      onBug,
    );
  });
}
