// What was sent and is not acknowledged yet: which segments arrived beyond a gap, which are taken for
// lost, which were sent again. Decides nothing; knows places in the stream, not sequence numbers.

import type { Bytes } from '../../lib/bytes.ts';
import type { Micros } from '../../lib/time.ts';

/** One segment as it was cut, however often it was sent. */
export interface Sent {
  /** Places in the stream; SYN and FIN take one each. */
  start: number;
  end: number;
  payload: Bytes;
  /** SYN, FIN and PSH. */
  flags: number;
  readonly firstSentAt: Micros;
  sentAt: Micros;
  /** 1 after the first time. */
  transmissions: number;
  isSacked: boolean;
  /** Taken for lost: it is no longer in flight, unless it was sent again. */
  isLost: boolean;
  /** Sent again since it was taken for lost. */
  isResent: boolean;
  /** What its buffer costs beside the payload, where it is the first of a burst. */
  cost: number;
  /** Neighbours in the order of sending; both absent when it is not in that list. */
  older: Sent | undefined;
  newer: Sent | undefined;
}

export class Scoreboard {
  #all: Sent[] = [];
  #first = 0;
  /** Taken for lost and not sent again, in the order of the stream. */
  #missing: Sent[] = [];
  #oldest: Sent | undefined;
  #newest: Sent | undefined;
  packetsOut = 0;
  sackedOut = 0;
  lostOut = 0;
  resentOut = 0;
  /** What buffers cost beside the payload, in bytes. */
  cost = 0;

  /** Segments that are on their way, as far as can be known (`pipe` in RFC 6675). */
  get inFlight(): number {
    return this.packetsOut - this.sackedOut - this.lostOut + this.resentOut;
  }

  /** The first one not acknowledged. */
  get head(): Sent | undefined {
    return this.#all[this.#first];
  }

  get last(): Sent | undefined {
    return this.#first < this.#all.length ? this.#all.at(-1) : undefined;
  }

  /** The one whose latest sending lies furthest back, of those neither lost nor arrived. */
  get oldest(): Sent | undefined {
    return this.#oldest;
  }

  add(start: number, payload: Bytes, flags: number, length: number, now: Micros): Sent {
    const sent: Sent = {
      start,
      end: start + length,
      payload,
      flags,
      firstSentAt: now,
      sentAt: now,
      transmissions: 1,
      isSacked: false,
      isLost: false,
      isResent: false,
      cost: 0,
      older: undefined,
      newer: undefined,
    };
    this.#all.push(sent);
    this.packetsOut++;
    this.#link(sent);
    return sent;
  }

  /** Takes out the last one, as if it had never been sent. */
  takeBack(): Sent | undefined {
    if (this.packetsOut === 0) return undefined;
    const sent = this.#all.pop() as Sent;
    this.packetsOut--;
    if (sent.isSacked) this.sackedOut--;
    this.charge(sent, 0);
    this.#forgetLoss(sent);
    this.#unlink(sent);
    return sent;
  }

  /** Takes out everything before `place`, oldest in the stream first. */
  acknowledge(place: number): Sent[] {
    const done: Sent[] = [];
    for (let sent = this.head; sent && sent.end <= place; sent = this.head) {
      this.#first++;
      this.packetsOut--;
      if (sent.isSacked) this.sackedOut--;
      this.charge(sent, 0);
      this.#forgetLoss(sent);
      this.#unlink(sent);
      done.push(sent);
    }
    const { head } = this;
    if (head && head.start < place) {
      head.payload = head.payload.subarray(place - head.start);
      head.start = place;
    }
    if (this.#first > 1_000 && this.#first * 2 > this.#all.length) {
      this.#all = this.#all.slice(this.#first);
      this.#first = 0;
    }
    return done;
  }

  /** Marks as arrived what lies wholly in the block; gives those that were not marked before. */
  sack(start: number, end: number): Sent[] {
    const found: Sent[] = [];
    for (let i = this.#indexOf(start); i < this.#all.length; i++) {
      const sent = this.#all[i] as Sent;
      if (sent.end > end) break;
      if (sent.isSacked || sent.start < start) continue;
      sent.isSacked = true;
      this.sackedOut++;
      // What arrived is put together in one piece (tcp_shift_skb_data).
      this.charge(sent, 0);
      this.#forgetLoss(sent);
      this.#unlink(sent);
      found.push(sent);
    }
    return found;
  }

  charge(sent: Sent, cost: number): void {
    this.cost += cost - sent.cost;
    sent.cost = cost;
  }

  markLost(sent: Sent): void {
    if (sent.isSacked) return;
    if (sent.isResent) {
      sent.isResent = false;
      this.resentOut--;
    }
    this.#unlink(sent);
    if (!sent.isLost) {
      sent.isLost = true;
      this.lostOut++;
    } else if (this.#missing.includes(sent)) return;
    let at = this.#missing.length;
    while (at > 0 && (this.#missing[at - 1] as Sent).start > sent.start) at--;
    this.#missing.splice(at, 0, sent);
  }

  /** The first one to be sent again. */
  nextMissing(): Sent | undefined {
    return this.#missing[0];
  }

  markResent(sent: Sent, now: Micros): void {
    const at = this.#missing.indexOf(sent);
    if (at >= 0) this.#missing.splice(at, 1);
    if (!sent.isResent) {
      sent.isResent = true;
      this.resentOut++;
    }
    sent.transmissions++;
    sent.sentAt = now;
    this.#unlink(sent);
    this.#link(sent);
  }

  /** Cuts what carries more than `most` bytes, and takes it for lost: it cannot have arrived. */
  split(most: number): void {
    const all: Sent[] = [];
    for (const sent of this) {
      all.push(sent);
      const isLong = sent.payload.length > most && !sent.isSacked;
      if (!isLong) continue;
      for (let rest = sent; rest.payload.length > most; ) {
        const piece = { ...rest, start: rest.start + most, payload: rest.payload.subarray(most) };
        piece.older = undefined;
        piece.newer = undefined;
        piece.isLost = false;
        piece.isResent = false;
        piece.cost = 0;
        rest.end = piece.start;
        rest.payload = rest.payload.subarray(0, most);
        rest.flags = 0;
        this.packetsOut++;
        this.#link(piece);
        all.push(piece);
        this.markLost(rest);
        rest = piece;
        if (rest.payload.length <= most) this.markLost(rest);
      }
    }
    this.#all = all;
    this.#first = 0;
  }

  /** Nothing is taken for lost any more (a timeout or recovery was for nothing). */
  clearLosses(): void {
    for (const sent of this) {
      if (!sent.isLost) continue;
      sent.isLost = false;
      this.lostOut--;
      if (!sent.isResent) this.#link(sent);
    }
    this.#missing = [];
  }

  *[Symbol.iterator](): Iterator<Sent> {
    for (let i = this.#first; i < this.#all.length; i++) yield this.#all[i] as Sent;
  }

  /** The index of the first one that ends after `place`. */
  #indexOf(place: number): number {
    let [low, high] = [this.#first, this.#all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#all[middle] as Sent).end <= place) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #forgetLoss(sent: Sent): void {
    if (sent.isLost) {
      sent.isLost = false;
      this.lostOut--;
      const at = this.#missing.indexOf(sent);
      if (at >= 0) this.#missing.splice(at, 1);
    }
    if (sent.isResent) {
      sent.isResent = false;
      this.resentOut--;
    }
  }

  #link(sent: Sent): void {
    sent.older = this.#newest;
    if (this.#newest) this.#newest.newer = sent;
    else this.#oldest = sent;
    this.#newest = sent;
  }

  #unlink(sent: Sent): void {
    if (!sent.older && !sent.newer && this.#oldest !== sent) return;
    if (sent.older) sent.older.newer = sent.newer;
    else this.#oldest = sent.newer;
    if (sent.newer) sent.newer.older = sent.older;
    else this.#newest = sent.older;
    sent.older = undefined;
    sent.newer = undefined;
  }
}
