// What one end of a TCP connection knows of itself at a moment: its state, its buffers and its windows.
// None of it travels; only a program that holds the connection, such as the simulator, can tell.

import type { Micros } from '../lib/time.ts';

/** Bytes of the stream, numbered like the sequence numbers: the SYN is 0, the first byte is 1. */
interface Range {
  readonly start: number;
  readonly end: number;
}

export interface EndAccount {
  readonly at: Micros;
  readonly end: 'client' | 'server';
  /** As RFC 9293 §3.3.2 names them. */
  readonly state: string;
  /** Why it is over, where it did not end in good order. */
  readonly ending?: string;
  /** As Linux names them: `open`, `disorder`, `recovery`, `loss`. */
  readonly phase: string;
  /** In segments; `ssthresh` is absent while it is without limit. */
  readonly cwnd: number;
  readonly ssthresh?: number;
  readonly inFlight: number;
  /** The longest payload of a segment. */
  readonly mss: number;
  /** SND.UNA, SND.NXT, and SND.UNA + SND.WND: where what the receiver has room for ends. */
  readonly una: number;
  readonly nxt: number;
  readonly limit: number;
  /** Bytes that the program has written and that were never sent. */
  readonly unsent: number;
  /** µs; `srtt` is absent before the first measurement. */
  readonly rto: number;
  readonly srtt?: number;
  /** RCV.NXT without the FIN, the bytes before it that the program has not read, and what came beyond a hole. */
  readonly next: number;
  readonly unread: number;
  readonly beyond: readonly Range[];
  /** Where the room that it has offered ends. */
  readonly offered: number;
}
