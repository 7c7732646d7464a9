// A packet's way over a link, seen at both of its ends. Knows nothing of what a packet holds.

import type { Bytes } from '../lib/bytes.ts';
import type { Micros } from '../lib/time.ts';

/** A packet's way over a link. `Frame.at` is then when it left. */
export interface Transit {
  /** Names of hosts. */
  readonly from: string;
  readonly to: string;
  readonly leftAt: Micros;
  /** Absent: it never arrived. */
  readonly arrivedAt?: Micros;
  /** What ended it: `queue full`, `too big`, or the name of a fault. */
  readonly lostTo?: string;
  /** µs it waited behind others before it was sent. */
  readonly waited: number;
  /** The sender's own account: `fast retransmission`, `window probe` … */
  readonly why: string;
  /** What arrived, where that is not what left. */
  readonly arrivedBytes?: Bytes;
}
