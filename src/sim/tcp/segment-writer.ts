// Writes segments: sequence numbers for places, the window, and the options both sides agreed on.
// Decides nothing about when.

import { type Bytes, EMPTY } from '../../lib/bytes.ts';
import { type Micros, micros } from '../../lib/time.ts';
import { TCP_FLAG } from '../../wire/tcp.ts';
import { NO_OPTIONS, optionsLength, type TcpOptions } from './options.ts';
import type { TcpParameters } from './parameters.ts';
import type { Receiver } from './receiver.ts';
import type { Segment, Why } from './segment.ts';
import type { Sender } from './sender.ts';
import { type Seq, seq, seqAdd } from './seq.ts';

const SHORTEST_MSS = 536;
const TIMESTAMPS = { timestamps: { value: 0, echo: 0 } } as const;

export class SegmentWriter {
  readonly iss: Seq;
  irs: Seq = seq(0);
  hasTimestamps = false;
  hasSack = false;
  /** The peer's window counts units of 2 to this. */
  sendShift = 0;
  /** The peer's clock as to be echoed (RFC 7323 §4.3). */
  tsRecent: number | undefined;
  /** The time that segments bear. */
  clock = micros(0);
  readonly #parameters: TcpParameters;
  readonly #sender: Sender;
  readonly #receiver: Receiver;
  readonly #advertisedMss: number;
  readonly #clockOffset: number;
  #pathMss: number;
  #lastWindow = 0;

  constructor(
    parameters: TcpParameters,
    isn: number,
    mss: number,
    [sender, receiver]: readonly [Sender, Receiver],
  ) {
    this.#parameters = parameters;
    this.iss = seq(isn);
    this.#sender = sender;
    this.#receiver = receiver;
    this.#advertisedMss = mss;
    this.#pathMss = mss;
    // RFC 7323 §5.4 wants the clock to start anywhere.
    this.#clockOffset = 1 + (Math.floor(isn / 7) % 1_000_000);
  }

  /** Learns what the peer's SYN offers, as far as this side offers it too. */
  agree({ mss, windowScale, sackPermitted, timestamps }: TcpOptions): void {
    const parameters = this.#parameters;
    this.hasTimestamps = parameters.timestamps && timestamps !== undefined;
    this.hasSack = parameters.sack && sackPermitted === true;
    if (windowScale !== undefined && parameters.windowScale !== undefined) {
      this.sendShift = windowScale;
      this.#receiver.window.shift = parameters.windowScale;
    }
    if (timestamps && this.hasTimestamps) this.tsRecent = timestamps.value;
    if (!this.hasSack) {
      this.#sender.withoutSack();
      this.#receiver.acks.withoutSack();
    }
    this.#limit(mss ?? SHORTEST_MSS);
  }

  /** What fits the path now; false where that is nothing new. */
  onPathMtu(mss: number): boolean {
    if (mss >= this.#pathMss) return false;
    this.#pathMss = Math.max(48, mss);
    this.#limit(this.#pathMss);
    return true;
  }

  #limit(peer: number): void {
    const fixed = this.hasTimestamps ? optionsLength(TIMESTAMPS) : 0;
    this.#sender.mss = Math.max(1, Math.min(peer, this.#pathMss) - fixed);
  }

  /** A time of ours that the peer echoes, as time of the simulation in whole milliseconds. */
  timeOfEcho(echo: number): Micros {
    return micros(((echo - this.#clockOffset) >>> 0) * 1_000);
  }

  syn(isAnswer: boolean, why: Why = 'open'): Segment {
    const { windowScale, sack, timestamps } = this.#parameters;
    const { window, nxt } = this.#receiver;
    const scales = isAnswer ? window.shift > 0 : windowScale !== undefined;
    const options: TcpOptions = {
      mss: this.#advertisedMss,
      ...(scales && windowScale !== undefined && { windowScale }),
      ...((isAnswer ? this.hasSack : sack) && { sackPermitted: true }),
      ...((isAnswer ? this.hasTimestamps : timestamps) && { timestamps: this.#stamp() }),
    };
    const first = window.first(isAnswer ? this.#sender.mss : this.#advertisedMss);
    window.edge = Math.max(window.edge, Math.max(1, nxt) + first);
    const ack = isAnswer ? seqAdd(this.irs, nxt) : seq(0);
    const flags = TCP_FLAG.SYN | (isAnswer ? TCP_FLAG.ACK : 0);
    return { flags, seq: this.iss, ack, window: first, options, payload: EMPTY, why };
  }

  /** Any segment of a connection whose numbers are known. */
  segment(flags: number, why: Why, place: number, payload: Bytes = EMPTY): Segment {
    const { window, nxt, buffer, acks } = this.#receiver;
    const offered = Math.floor(window.offer(nxt, buffer, acks.segment) / 2 ** window.shift);
    // RFC 5681 §2: with another window it is no duplicate.
    const isNews = why === 'duplicate acknowledgement' && offered !== this.#lastWindow;
    this.#lastWindow = offered;
    return {
      flags,
      seq: seqAdd(this.iss, place),
      ack: seqAdd(this.irs, nxt),
      window: flags & TCP_FLAG.RST ? 0 : offered,
      options: this.#options(payload.length),
      payload,
      why: isNews ? 'acknowledgement' : why,
    };
  }

  #stamp(): { value: number; echo: number } {
    const value = (Math.floor(this.clock / 1_000) + this.#clockOffset) >>> 0;
    return { value, echo: this.tsRecent ?? 0 };
  }

  #options(payloadLength: number): TcpOptions {
    const timestamps = this.hasTimestamps ? { timestamps: this.#stamp() } : NO_OPTIONS;
    if (!this.hasSack) return timestamps;
    const fits = Math.floor((this.#sender.mss - payloadLength - 4) / 8);
    const most = Math.min(this.hasTimestamps ? 3 : 4, payloadLength === 0 ? 4 : fits);
    const blocks = most > 0 ? this.#receiver.takeBlocks(most) : [];
    if (blocks.length === 0) return timestamps;
    const sack = blocks.map(({ start, end }) => ({
      start: seqAdd(this.irs, start),
      end: seqAdd(this.irs, end),
    }));
    return { ...timestamps, sack };
  }
}

/** A reset that acknowledges nothing, for a segment with an impossible number (§3.10.7). */
export function bareReset(at: Seq): Segment {
  const rest = { ack: seq(0), window: 0, options: NO_OPTIONS, payload: EMPTY } as const;
  return { flags: TCP_FLAG.RST, seq: at, ...rest, why: 'reset' };
}
