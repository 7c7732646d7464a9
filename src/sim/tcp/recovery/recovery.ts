// What finds losses and decides what is sent again and how much may be in flight meanwhile. It does
// not send; it reads and marks the scoreboard and sets the window.

import type { Micros } from '../../../lib/time.ts';
import type { CongestionController, CongestionWindow } from '../congestion/controller.ts';
import type { TcpParameters } from '../parameters.ts';
import type { RetransmissionTimer } from '../retransmission-timer.ts';
import type { RttEstimator } from '../rtt.ts';
import type { Scoreboard, Sent } from '../scoreboard.ts';
import type { Why } from '../segment.ts';

/** As Linux names them. `disorder`: something is odd, but nothing is taken for lost yet. */
export type Phase = 'open' | 'disorder' | 'recovery' | 'loss';

/** The sender as recovery sees it. Places, not sequence numbers. */
export interface RecoveryContext {
  readonly parameters: TcpParameters;
  readonly scoreboard: Scoreboard;
  readonly window: CongestionWindow;
  readonly congestion: CongestionController;
  readonly rtt: RttEstimator;
  readonly timer: RetransmissionTimer;
  readonly una: number;
  readonly nxt: number;
  /** There is something new to send, and the receiver has room for it. */
  canSendNew(): boolean;
}

/** What one acknowledgement said, after the scoreboard has taken it in. */
export interface Acknowledged {
  readonly now: Micros;
  readonly priorUna: number;
  /** Newly acknowledged or newly reported as arrived. */
  readonly arrived: readonly Sent[];
  /** How many of them the cumulative acknowledgement covers. */
  readonly acknowledged: number;
  readonly isForward: boolean;
  /** RFC 5681 §2: it says nothing new, while something is outstanding. */
  readonly isDuplicate: boolean;
  readonly hasNewSack: boolean;
  /** It reports that something arrived twice (RFC 2883). */
  readonly isDsack: boolean;
  /** The peer echoes a time before the first retransmission: that was not needed (RFC 3522). */
  readonly echoedBefore: (time: Micros) => boolean;
}

export interface Resend {
  readonly sent: Sent;
  readonly why: Why;
}

export interface LossRecovery {
  readonly name: string;
  readonly phase: Phase;
  onAck(ack: Acknowledged): void;
  /** The retransmission timer ran out; the head is sent again by the caller. */
  onTimeout(now: Micros): void;
  /** Another of the timer's kinds ran out; what to send at once, if anything. */
  onProbeTimer(kind: 'tlp' | 'reo', now: Micros): 'new' | Resend | undefined;
  /** What to send again now, as far as the window allows. */
  nextResend(): Resend | undefined;
  /** How many segments may leave beside the window's limit (limited transmit, RFC 3042). */
  readonly allowance: number;
  onSent(sent: Sent, isNew: boolean): void;
}
