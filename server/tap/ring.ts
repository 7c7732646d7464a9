// The memory of one lab's tap: the newest records, bounded in bytes and number. Interprets nothing.

import type { TapRecord } from '../../src/capture/record.ts';

export interface RingLimits {
  readonly bytes: number;
  readonly records: number;
}

/** How far a reader has come: its last record, and the payload bytes up to and with that. */
export interface Place {
  readonly seq: number;
  readonly bytes: number;
}

export const BEGINNING: Place = { seq: 0, bytes: 0 };

interface Part {
  readonly records: TapRecord[];
  /** What was let go between the place and the first of these. */
  readonly dropped: { readonly records: number; readonly bytes: number };
  /** Where the reader is when it has these. */
  readonly end: Place;
}

/** What every record costs besides its bytes, near enough for a bound. */
const RECORD_BYTES = 200;

export class Ring {
  readonly #limits: RingLimits;
  /** Before `#first` only holes, so that what was dropped takes no memory. */
  readonly #records: (TapRecord | undefined)[] = [];
  readonly #listeners = new Set<() => void>();
  #first = 0;
  #bytes = 0;
  /** Payload bytes of everything that was let go. */
  #gone = 0;
  #lastSeq = 0;

  constructor(limits: RingLimits) {
    this.#limits = limits;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** Adds a record; the oldest go where it would not fit. */
  push(record: TapRecord): void {
    this.#records.push(record);
    this.#lastSeq = record.seq;
    this.#bytes += costOf(record);
    this.trim();
    for (const listener of this.#listeners) listener();
  }

  /** Lets the oldest go where the limit has become smaller. */
  trim(): void {
    while (this.#isOver()) this.#dropOldest();
  }

  /** The records after a place, about `limit` bytes of them, and how much between was let go. */
  after({ seq, bytes: passed }: Place, limit: number): Part {
    const oldest = this.#records[this.#first]?.seq ?? this.#lastSeq + 1;
    const from = Math.max(this.#first, this.#first + (seq + 1 - oldest));
    const lost = Math.max(0, oldest - (seq + 1));
    const dropped = { records: lost, bytes: lost > 0 ? Math.max(0, this.#gone - passed) : 0 };
    const records: TapRecord[] = [];
    let cost = 0;
    let payload = 0;
    for (let i = from; i < this.#records.length && cost < limit; i++) {
      const record = this.#records[i] as TapRecord;
      records.push(record);
      cost += costOf(record);
      payload += payloadOf(record);
    }
    const end = {
      seq: records.at(-1)?.seq ?? this.#lastSeq,
      bytes: passed + dropped.bytes + payload,
    };
    return { records, dropped, end };
  }

  /** Everything that is still kept, oldest first. */
  all(): TapRecord[] {
    return this.#records.slice(this.#first) as TapRecord[];
  }

  onPush(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #isOver(): boolean {
    const kept = this.#records.length - this.#first;
    return kept > 1 && (this.#bytes > this.#limits.bytes || kept > this.#limits.records);
  }

  #dropOldest(): void {
    const oldest = this.#records[this.#first] as TapRecord;
    this.#bytes -= costOf(oldest);
    this.#gone += payloadOf(oldest);
    this.#records[this.#first] = undefined;
    this.#first++;
    // Shifting an array costs its length, so it is done rarely.
    if (this.#first >= 1_024 && this.#first * 2 > this.#records.length) {
      this.#records.splice(0, this.#first);
      this.#first = 0;
    }
  }
}

const payloadOf = (record: TapRecord): number =>
  record.kind === 'chunk' ? record.bytes.length : 0;

/** What died in the link crossed nothing, and a packet's payload is there twice: both take memory all the same. */
const costOf = (record: TapRecord): number =>
  RECORD_BYTES + ('bytes' in record ? (record.bytes?.length ?? 0) : 0);
