// Ben leaves letters for Ada, who is there, goes away and comes back: the simplest message queue.

import { mailboxClient } from '../../programs/mailbox-client.ts';
import type { LabClient, LabOptions, LabRun } from '../demo.ts';

export const CLIENTS = ['Ada', 'Ben'] as const;
const LETTERS = ['l-1', 'l-2', 'l-3', 'l-4'] as const;

export interface MailboxParams {
  readonly away: string;
  readonly crash: string;
}

const GAP_MS = 80;

export const lab = (): LabOptions => ({
  lanes: { main: { exercise: 'mailbox', transports: ['websocket'] } },
});

export async function run({ open, wait }: LabRun, params: MailboxParams): Promise<void> {
  const ben = open({ lane: 'main', name: 'Ben' });
  // After a crash her program begins anew, and knows nothing of the one before.
  const start = (crashes: boolean): LabClient => {
    const client = open({ lane: 'main', name: 'Ada' });
    own(client, crashes);
    return client;
  };
  let ada = start(params.crash === 'yes');
  await ada.connect();
  await ben.connect();
  for (const [i, id] of LETTERS.entries()) {
    if (params.away === 'yes' && i === 1) ada.socket.disconnect();
    ben.note('emitted', id);
    ben.socket.emit('leave', { id }, 'Ada', () => ben.note('acknowledged', id));
    await wait(GAP_MS);
  }
  if (!ada.socket.connected) {
    ada = start(false);
    await ada.connect();
  }
  await wait(400);
}

/** Runs the owner's program; with `crashes` her machine stops once she has read the third letter. */
function own(ada: LabClient, crashes: boolean): void {
  mailboxClient({
    socket: ada.socket,
    name: 'Ada',
    read({ id }) {
      ada.note('handled', id, id);
      // What a dead program still says goes nowhere: nobody connects this client again.
      if (crashes && id === 'l-3') ada.disconnect();
    },
  });
}
