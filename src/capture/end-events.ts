// What happened to a sender's congestion window, read from the accounts of its end: when a loss was noticed
// and by what, when it was repaired, and when slow start was over. Says nothing in words.

import type { EndAccount } from './end-account.ts';

export interface WindowEvent {
  readonly at: number;
  /**
   * `recovery`: the acknowledgements showed a loss. `loss`: the timeout ran out. `repaired`: what was lost
   * is acknowledged. `avoidance`: slow start is over, without a loss.
   */
  readonly kind: 'recovery' | 'loss' | 'repaired' | 'avoidance';
  /** The window before and after, in segments. */
  readonly from: number;
  readonly to: number;
}

const isWaiting = (phase: string): boolean => phase === 'recovery' || phase === 'loss';

/** In order of time. */
export function windowEvents(accounts: readonly EndAccount[]): readonly WindowEvent[] {
  const events: WindowEvent[] = [];
  let before: EndAccount | undefined;
  // A window that fell in steps fell from where it stood when all was well.
  let last = 0;
  for (const account of accounts) {
    const kind = before && kindOf(before, account);
    if (kind && before) {
      const from = isWaiting(before.phase) ? before.cwnd : Math.max(last, before.cwnd);
      events.push({ at: account.at, kind, from, to: account.cwnd });
    }
    if (account.phase === 'open') last = account.cwnd;
    before = account;
  }
  return events;
}

function kindOf(before: EndAccount, account: EndAccount): WindowEvent['kind'] | undefined {
  const { phase, ssthresh, cwnd } = account;
  if (phase !== before.phase && (phase === 'recovery' || phase === 'loss')) return phase;
  if (isWaiting(before.phase) && !isWaiting(phase)) return 'repaired';
  const isAbove = ssthresh !== undefined && cwnd >= ssthresh;
  const wasBelow = before.ssthresh === undefined || before.cwnd < before.ssthresh;
  return isAbove && wasBelow && !isWaiting(phase) ? 'avoidance' : undefined;
}
