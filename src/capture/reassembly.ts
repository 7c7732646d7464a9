// One direction of a TCP connection put together by sequence number: what is new in a segment, what
// came before, what waits for a gap. Knows no packets and no protocol above.

import type { Bytes } from '../lib/bytes.ts';

/** What a segment with data is to the stream. */
export type SegmentRole = 'new' | 'retransmission' | 'overlap' | 'out-of-order' | 'after-gap';

export interface StreamSink {
  /** The next bytes of the stream; `tag` is the packet that brought them. */
  data(bytes: Bytes, tag: number): void;
  /** Bytes are missing here and will not come. */
  gap(length: number): void;
}

interface Waiting {
  readonly seq: number;
  readonly bytes: Bytes;
  readonly tag: number;
}

/** Beyond these a gap is given up, so that no file can make us keep more. */
const MAX_WAITING_BYTES = 1 << 22;
const MAX_WAITING = 4096;

/** How far `b` is behind `a` on the circle of sequence numbers (RFC 9293 §3.4). */
export const seqDistance = (a: number, b: number): number => (b - a) | 0;

export class Reassembly {
  readonly #sink: StreamSink;
  #next: number | undefined;
  /** In the order of their sequence numbers. */
  #waiting: Waiting[] = [];
  #waitingBytes = 0;

  constructor(sink: StreamSink) {
    this.#sink = sink;
  }

  /** The sequence number of the next byte in order; `undefined` before the first segment. */
  get next(): number | undefined {
    return this.#next;
  }

  get isWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** The stream begins at `seq`: behind a SYN, or where the capture began. */
  start(seq: number): void {
    this.#next ??= seq >>> 0;
  }

  take(seq: number, bytes: Bytes, tag: number): SegmentRole {
    this.start(seq);
    const ahead = seqDistance(this.#next ?? seq, seq);
    if (ahead > 0) return this.#keep({ seq, bytes, tag });
    const old = -ahead;
    if (old >= bytes.length) return 'retransmission';
    const filledGap = this.isWaiting;
    this.#deliver(old === 0 ? bytes : bytes.subarray(old), tag);
    if (filledGap) this.#drain();
    if (old > 0) return 'overlap';
    return filledGap ? 'out-of-order' : 'new';
  }

  #deliver(bytes: Bytes, tag: number): void {
    this.#next = ((this.#next ?? 0) + bytes.length) >>> 0;
    this.#sink.data(bytes, tag);
  }

  #keep(segment: Waiting): SegmentRole {
    const before = this.#waiting.findLastIndex(({ seq }) => seqDistance(seq, segment.seq) >= 0);
    const twin = this.#waiting[before];
    if (twin?.seq === segment.seq && twin.bytes.length >= segment.bytes.length) {
      return 'retransmission';
    }
    this.#waiting.splice(before + 1, 0, segment);
    this.#waitingBytes += segment.bytes.length;
    if (this.#waitingBytes > MAX_WAITING_BYTES || this.#waiting.length > MAX_WAITING) this.skip();
    return 'after-gap';
  }

  /** Everything that is in order now. Of bytes that came twice the first are kept. */
  #drain(): void {
    let used = 0;
    for (const { seq, bytes, tag } of this.#waiting) {
      const ahead = seqDistance(this.#next ?? 0, seq);
      if (ahead > 0) break;
      used++;
      this.#waitingBytes -= bytes.length;
      if (-ahead < bytes.length) this.#deliver(bytes.subarray(-ahead), tag);
    }
    if (used > 0) this.#waiting = this.#waiting.slice(used);
  }

  /** The bytes before the first waiting segment will not come: goes on behind them. */
  skip(): void {
    const [first] = this.#waiting;
    if (!first) return;
    this.#sink.gap(seqDistance(this.#next ?? first.seq, first.seq));
    this.#next = first.seq;
    this.#drain();
  }

  /** The other side has everything before `ack`: what is missing there was never captured. */
  acknowledged(ack: number): void {
    while (this.isWaiting) {
      const [first] = this.#waiting;
      if (!first || seqDistance(first.seq, ack) <= 0) return;
      this.skip();
    }
  }

  /** Nothing follows: what waits is given, with its gaps. */
  finish(): void {
    while (this.isWaiting) this.skip();
  }
}
