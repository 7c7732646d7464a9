// What the states of a TCP connection mean (RFC 9293 §3.3.2), in a few words.

import type { EndAccount } from '../capture/end-account.ts';

export interface StateWords {
  readonly state: string;
  readonly meaning: string;
}

const MEANINGS: Readonly<Record<string, string>> = {
  CLOSED: 'there is no connection',
  LISTEN: 'waits for somebody’s SYN',
  'SYN-SENT': 'has sent its SYN and waits for the answer',
  'SYN-RECEIVED': 'has answered the SYN and waits for the ACK',
  ESTABLISHED: 'open in both directions',
  'FIN-WAIT-1': 'has sent its FIN, which is not acknowledged yet',
  'FIN-WAIT-2': 'its FIN is acknowledged, the other side may still send',
  'CLOSE-WAIT': 'the other side has closed, this one not yet',
  CLOSING: 'both have sent a FIN at the same time',
  'LAST-ACK': 'has sent its FIN as the second, and waits for the last ACK',
  'TIME-WAIT': 'both directions are closed; it remembers the connection for a while',
};

const ENDINGS: Readonly<Record<string, string>> = {
  'reset by peer': 'the other side has reset the connection',
  aborted: 'its own program has aborted the connection',
  'timed out': 'given up, the other side did not answer',
  refused: 'the other side has refused the connection',
};

/** `initial` is the state before the end has a connection at all. */
export function stateInWords(account: EndAccount | undefined, initial: string): StateWords {
  const state = account?.state ?? initial;
  const ending = account?.ending === undefined ? undefined : ENDINGS[account.ending];
  const isOver = account?.state === 'CLOSED' && account.una > 0;
  const meaning = isOver ? 'the connection is over' : (MEANINGS[state] ?? '');
  return { state, meaning: ending ?? meaning };
}
