// A program that writes and reads a stream by a script: so many bytes at that time, then close; it
// may read slowly or pause. What it writes is the alphabet over and over, or a text it was given.

import type { Bytes } from '../lib/bytes.ts';
import { after, type Micros, micros } from '../lib/time.ts';
import type { Connection } from './tcp/connection.ts';
import type { Program } from './tcp-socket.ts';

export interface StreamScript {
  /** In the order of `at`; all times since the simulation's start. */
  readonly writes: readonly { readonly at: Micros; readonly bytes: number | Bytes }[];
  /** `done`: all is written; `acknowledged`: all of that is acknowledged; `after peer`: the peer has closed too. */
  readonly closes: 'done' | 'acknowledged' | 'after peer' | 'never' | { readonly at: Micros };
  readonly abortsAt?: Micros;
  /** Reads nothing in these times. */
  readonly pauses: readonly { readonly from: Micros; readonly to: Micros }[];
  /** Bytes a second; without one it reads as data comes. */
  readonly readRate?: number;
}

const ALPHABET_TIMES = 2_520;
const PATTERN = Uint8Array.from({ length: 26 * ALPHABET_TIMES }, (_, i) => 97 + (i % 26));
/** A slow reader comes by this often. */
const READ_EVERY = 10_000;

export class StreamProgram implements Program {
  readonly #script: StreamScript;
  #next = 0;
  /** Bytes of the current write not yet taken. */
  #left = 0;
  #text: Bytes | undefined;
  #sent = 0;
  #isAborted = false;
  #isClosed = false;
  #isOver = false;
  #turnedAt = micros(-1);
  #mayRead = 0;
  #readAt: Micros | undefined;
  #waitsUntil: Micros | undefined;
  received = 0;
  written = 0;
  finishedAt: Micros | undefined;
  readonly #onBytes: ((bytes: Bytes) => void) | undefined;

  constructor(script: StreamScript, onBytes?: (bytes: Bytes) => void) {
    this.#script = script;
    this.#onBytes = onBytes;
  }

  turn(connection: Connection, now: Micros): boolean {
    this.#turnedAt = now;
    this.#isOver = connection.state === 'CLOSED';
    // What came before the end can still be read.
    if (this.#isOver) return this.#read(connection, now);
    if (this.#abort(connection, now)) return true;
    const hasRead = this.#read(connection, now);
    const hasWritten = this.#write(connection, now);
    // What was written leaves before the program comes to closing.
    if (hasRead || hasWritten) return true;
    return this.#close(connection, now);
  }

  deadline(): Micros | undefined {
    const { writes, closes, abortsAt } = this.#script;
    if (this.#isOver) return this.#waitsUntil;
    const times = [
      this.#left === 0 ? writes[this.#next]?.at : undefined,
      typeof closes === 'object' && !this.#isClosed ? closes.at : undefined,
      this.#isAborted ? undefined : abortsAt,
      this.#waitsUntil,
    ];
    let first: Micros | undefined;
    for (const at of times) {
      // What is past waits for something to happen, not for a time.
      if (at === undefined || at <= this.#turnedAt) continue;
      if (first === undefined || at < first) first = at;
    }
    return first;
  }

  #abort(connection: Connection, now: Micros): boolean {
    const { abortsAt } = this.#script;
    if (this.#isAborted || abortsAt === undefined || now < abortsAt) return false;
    this.#isAborted = true;
    connection.abort(now);
    return true;
  }

  #read(connection: Connection, now: Micros): boolean {
    this.#waitsUntil = undefined;
    const pause = this.#script.pauses.find(({ from, to }) => now >= from && now < to);
    if (pause) {
      this.#waitsUntil = pause.to;
      return false;
    }
    const bytes = connection.read(this.#quota(connection, now), now);
    if (bytes.length === 0) return false;
    this.received += bytes.length;
    this.#onBytes?.(bytes);
    return true;
  }

  /** How much a slow reader takes now; it comes again while something is left. */
  #quota({ receiver }: Connection, now: Micros): number {
    const { readRate } = this.#script;
    if (readRate === undefined) return Number.POSITIVE_INFINITY;
    const unread = receiver.buffer.unreadBytes;
    if (unread === 0) {
      this.#readAt = now;
      return 0;
    }
    this.#mayRead += ((now - (this.#readAt ?? now)) * readRate) / 1_000_000;
    this.#readAt = now;
    const quota = Math.min(unread, Math.floor(this.#mayRead));
    this.#mayRead -= quota;
    if (unread > quota) this.#waitsUntil = after(now, READ_EVERY);
    return quota;
  }

  #write(connection: Connection, now: Micros): boolean {
    let hasWritten = false;
    // A program writes when its connection is open, not before.
    if (connection.state === 'SYN-SENT' || connection.state === 'SYN-RECEIVED') return false;
    for (;;) {
      if (this.#left === 0 && !this.#begin(now)) return hasWritten;
      const taken = connection.write(this.#piece(), now);
      if (taken === 0) return hasWritten;
      this.#sent += taken;
      this.written += taken;
      this.#left -= taken;
      hasWritten = true;
    }
  }

  #begin(now: Micros): boolean {
    const write = this.#script.writes[this.#next];
    if (!write || now < write.at) return false;
    this.#next++;
    this.#text = typeof write.bytes === 'number' ? undefined : write.bytes;
    this.#left = typeof write.bytes === 'number' ? write.bytes : write.bytes.length;
    return this.#left > 0;
  }

  #piece(): Bytes {
    if (this.#text) return this.#text.subarray(this.#text.length - this.#left);
    return patternAt(this.#sent, this.#left);
  }

  #close(connection: Connection, now: Micros): boolean {
    const { closes, writes } = this.#script;
    if (this.#isClosed || this.#left > 0 || this.#next < writes.length) return false;
    const isTime =
      closes === 'done' ||
      (closes === 'acknowledged' && isAllAcknowledged(connection)) ||
      (closes === 'after peer' && connection.receiver.hasFin) ||
      (typeof closes === 'object' && now >= closes.at);
    if (!isTime || connection.state === 'SYN-SENT' || connection.state === 'SYN-RECEIVED')
      return false;
    this.#isClosed = true;
    connection.close();
    this.finishedAt ??= micros(now);
    return true;
  }
}

const isAllAcknowledged = ({ sender }: Connection): boolean =>
  sender.queue.length === 0 && sender.una === sender.nxt;

/** At most `length` bytes of what a program without a text writes, from `offset` of its stream on. */
export function patternAt(offset: number, length: number): Bytes {
  const start = offset % PATTERN.length;
  return PATTERN.subarray(start, start + length);
}
