// The states of a TCP connection (RFC 9293 §3.3.2, Figure 5) as a table: the connection refuses a
// step that is not here, and a diagram can be drawn from it.

export const TRANSITIONS = [
  { from: 'CLOSED', on: 'passive open', to: 'LISTEN' },
  { from: 'CLOSED', on: 'active open', to: 'SYN-SENT' },
  { from: 'LISTEN', on: 'rcv SYN', to: 'SYN-RECEIVED' },
  { from: 'LISTEN', on: 'send', to: 'SYN-SENT' },
  { from: 'LISTEN', on: 'close', to: 'CLOSED' },
  { from: 'SYN-SENT', on: 'rcv SYN+ACK', to: 'ESTABLISHED' },
  { from: 'SYN-SENT', on: 'rcv SYN', to: 'SYN-RECEIVED' },
  { from: 'SYN-SENT', on: 'close', to: 'CLOSED' },
  { from: 'SYN-RECEIVED', on: 'rcv ACK of SYN', to: 'ESTABLISHED' },
  { from: 'SYN-RECEIVED', on: 'rcv RST', to: 'LISTEN' }, // note 1: after a passive open
  { from: 'SYN-RECEIVED', on: 'close', to: 'FIN-WAIT-1' },
  { from: 'ESTABLISHED', on: 'close', to: 'FIN-WAIT-1' },
  { from: 'ESTABLISHED', on: 'rcv FIN', to: 'CLOSE-WAIT' },
  { from: 'FIN-WAIT-1', on: 'rcv ACK of FIN', to: 'FIN-WAIT-2' },
  { from: 'FIN-WAIT-1', on: 'rcv FIN', to: 'CLOSING' },
  { from: 'FIN-WAIT-1', on: 'rcv FIN+ACK of FIN', to: 'TIME-WAIT' }, // note 2
  { from: 'FIN-WAIT-2', on: 'rcv FIN', to: 'TIME-WAIT' },
  { from: 'CLOSING', on: 'rcv ACK of FIN', to: 'TIME-WAIT' },
  { from: 'CLOSE-WAIT', on: 'close', to: 'LAST-ACK' },
  { from: 'LAST-ACK', on: 'rcv ACK of FIN', to: 'CLOSED' },
  { from: 'TIME-WAIT', on: '2 MSL elapsed', to: 'CLOSED' },
] as const;

type Row = (typeof TRANSITIONS)[number];
export type TcpState = Row['from'];
export type TcpCause = Row['on'];

/** What ends a connection in whatever state; the figure leaves it out to stay readable (note 3). */
export type Ending = 'reset by peer' | 'aborted' | 'timed out' | 'refused';

/** Where a step leads, without an ending. A step that is not in the table is a bug. */
export function step(from: TcpState, on: TcpCause): TcpState {
  const row = TRANSITIONS.find((one) => one.from === from && one.on === on);
  if (!row) throw new Error(`TCP: no transition from ${from} on "${on}"`);
  return row.to;
}

/** Both sides know each other's numbers (§3.3.2). */
export const isSynchronized = (state: TcpState): boolean =>
  state !== 'CLOSED' && state !== 'LISTEN' && state !== 'SYN-SENT' && state !== 'SYN-RECEIVED';
