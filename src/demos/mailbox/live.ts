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
  const ada = open({ lane: 'main', name: 'Ada' });
  const ben = open({ lane: 'main', name: 'Ben' });
  own(ada, params.crash === 'yes');
  await ada.connect();
  await ben.connect();
  for (const [i, id] of LETTERS.entries()) {
    if (params.away === 'yes' && i === 1) ada.socket.disconnect();
    ben.note('emitted', id);
    ben.socket.emit('leave', { id }, 'Ada', () => ben.note('acknowledged', id));
    await wait(GAP_MS);
  }
  if (!ada.socket.connected) await ada.connect();
  await wait(200);
  if (!ada.socket.connected) await ada.connect();
  await wait(300);
}

/** Runs the owner's program; with `crashes` her machine stops once, after a letter was read. */
function own(ada: LabClient, crashes: boolean): void {
  let isToCrash = crashes;
  mailboxClient({
    socket: ada.socket,
    name: 'Ada',
    read({ id }) {
      ada.note('handled', id, id);
      if (isToCrash && id === 'l-3') {
        isToCrash = false;
        ada.socket.disconnect();
      }
    },
  });
}
