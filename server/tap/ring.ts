// The memory of one lab's tap: the newest records, bounded in bytes and number. Interprets nothing.

import type { TapRecord } from '../../src/capture/record.ts';

export interface RingLimits {
  readonly bytes: number;
  readonly records: number;
}

export interface Dropped {
  readonly records: number;
  readonly bytes: number;
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
    while (this.#isOver()) this.#dropOldest();
    for (const listener of this.#listeners) listener();
  }

  /** The records after `seq`, about `limit` bytes of them, and how many between were let go. */
  after(seq: number, limit: number): { records: TapRecord[]; dropped: number } {
    const oldest = this.#records[this.#first]?.seq ?? this.#lastSeq + 1;
    const from = Math.max(this.#first, this.#first + (seq + 1 - oldest));
    const records: TapRecord[] = [];
    let bytes = 0;
    for (let i = from; i < this.#records.length && bytes < limit; i++) {
      const record = this.#records[i] as TapRecord;
      records.push(record);
      bytes += costOf(record);
    }
    return { records, dropped: Math.max(0, oldest - (seq + 1)) };
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
    this.#bytes -= costOf(this.#records[this.#first] as TapRecord);
    this.#records[this.#first] = undefined;
    this.#first++;
    // Shifting an array costs its length, so it is done rarely.
    if (this.#first >= 1_024 && this.#first * 2 > this.#records.length) {
      this.#records.splice(0, this.#first);
      this.#first = 0;
    }
  }
}

const costOf = (record: TapRecord): number =>
  RECORD_BYTES + (record.kind === 'chunk' ? record.bytes.length : 0);
