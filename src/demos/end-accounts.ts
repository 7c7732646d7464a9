// Writes down what each end of a simulated connection knows of itself, whenever that has changed.

import type { EndAccount } from '../capture/end-account.ts';
import type { Micros } from '../lib/time.ts';
import type { Connection } from '../sim/tcp/connection.ts';
import type { End } from './network.ts';

export class EndAccounts {
  readonly all: EndAccount[] = [];
  readonly #last = new Map<End, string>();

  take(end: End, connection: Connection, at: Micros): void {
    const account = accountOf(end, connection);
    const said = JSON.stringify(account);
    if (this.#last.get(end) === said) return;
    this.#last.set(end, said);
    this.all.push({ at, ...account });
  }
}

function accountOf(end: End, connection: Connection): Omit<EndAccount, 'at'> {
  const { sender, receiver, state, ending } = connection;
  const { cwnd, ssthresh } = sender.window;
  const { srtt } = sender.rtt;
  const { buffer } = receiver;
  const beyond = buffer.blocks.map(({ start, end: stop }) => ({ start, end: stop }));
  return {
    end,
    state,
    ...(ending !== undefined && { ending }),
    phase: sender.recovery.phase,
    cwnd,
    ...(Number.isFinite(ssthresh) && { ssthresh }),
    inFlight: sender.scoreboard.inFlight,
    mss: sender.mss,
    una: sender.una,
    nxt: sender.nxt,
    limit: sender.una + sender.wnd,
    unsent: sender.queue.length,
    rto: sender.timer.rto,
    ...(srtt !== undefined && { srtt }),
    next: buffer.nxt,
    unread: buffer.unreadBytes,
    beyond: beyond.sort((a, b) => a.start - b.start),
    offered: receiver.window.edge,
  };
}
