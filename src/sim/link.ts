// One direction of a link: rate, delay, a queue with tail drop, and faults. It decides a packet's
// fate when the packet is handed over, so a loss is a pure function of seed and ordinal.

import type { Decide, Timed } from '../faults/fault.ts';
import type { Bytes } from '../lib/bytes.ts';
import { after, type Micros, micros } from '../lib/time.ts';
import type { Packet } from './packet.ts';
import type { Scheduler } from './scheduler.ts';

export interface LinkShape {
  /** Bits a second; without one a packet takes no time to be sent. */
  readonly rate?: number;
  /** From the last bit sent to the last bit received. */
  readonly delay: Micros;
  /** How many packets may wait, beside the one being sent. */
  readonly queuePackets?: number;
  readonly queueBytes?: number;
  /** The largest IP packet it takes. */
  readonly mtu: number;
}

/** What a receiver gets. */
export interface Delivery {
  readonly at: Micros;
  /** Where a fault changed them. */
  readonly bytes?: Bytes;
}

/** Decides what becomes of the packets that the queue took, in their order. */
export interface LinkFault {
  readonly name: string;
  readonly decide: Decide;
}

export interface Fate {
  readonly leftAt: Micros;
  /** How long it waits for those before it. */
  readonly waits: number;
  readonly deliveries: readonly Delivery[];
  /** Why nothing arrives: `queue full`, `too big`, or the name of a fault. */
  readonly lostTo?: string;
}

export interface Receiver {
  receive(packet: Packet, delivery: Delivery): void;
}

export class LinkDirection {
  readonly shape: LinkShape;
  readonly #scheduler: Pick<Scheduler, 'now' | 'schedule'>;
  readonly #faults: readonly LinkFault[];
  readonly #receiver: Receiver;
  #busyUntil = micros(0);
  /** Those before this index have left the queue. */
  #first = 0;
  #waitingBytes = 0;
  /** When each packet that waits begins to be sent, and its length. */
  #waiting: { readonly startsAt: number; readonly length: number }[] = [];

  constructor(
    shape: LinkShape,
    faults: readonly LinkFault[],
    scheduler: Pick<Scheduler, 'now' | 'schedule'>,
    receiver: Receiver,
  ) {
    this.shape = shape;
    this.#faults = faults;
    this.#scheduler = scheduler;
    this.#receiver = receiver;
  }

  send(packet: Packet): Fate {
    const leftAt = this.#scheduler.now();
    const { length } = packet;
    const lost = (lostTo: string): Fate => ({ leftAt, waits: 0, deliveries: [], lostTo });
    if (length > this.shape.mtu) return lost('too big');
    if (!this.#hasRoom(length, leftAt)) return lost('queue full');
    const startsAt = Math.max(leftAt, this.#busyUntil);
    const { rate, delay } = this.shape;
    const sentAt = startsAt + (rate === undefined ? 0 : (length * 8_000_000) / rate);
    this.#busyUntil = micros(sentAt);
    if (startsAt > leftAt) {
      this.#waiting.push({ startsAt, length });
      this.#waitingBytes += length;
    }
    const fate = this.#pass(packet, after(micros(sentAt), delay));
    for (const delivery of fate.deliveries) {
      this.#scheduler.schedule(delivery.at - leftAt, () =>
        this.#receiver.receive(packet, delivery),
      );
    }
    return { leftAt, waits: startsAt - leftAt, ...fate };
  }

  #hasRoom(length: number, now: Micros): boolean {
    for (let first = this.#waiting[this.#first]; first && first.startsAt <= now; ) {
      this.#waitingBytes -= first.length;
      this.#first++;
      first = this.#waiting[this.#first];
    }
    if (this.#first * 2 > this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#first);
      this.#first = 0;
    }
    if (this.#busyUntil <= now) return true;
    const { queuePackets, queueBytes } = this.shape;
    const waiting = this.#waiting.length - this.#first;
    if (queuePackets !== undefined && waiting >= queuePackets) return false;
    return queueBytes === undefined || this.#waitingBytes + length <= queueBytes;
  }

  /** Each fault gets what the one before it let through, with the time of its arrival. */
  #pass(packet: Packet, at: Micros): Pick<Fate, 'deliveries' | 'lostTo'> {
    if (this.#faults.length === 0) return { deliveries: [{ at: micros(Math.round(at)) }] };
    // Most faults look only at the time, so the bytes are built when they are asked for.
    const whole: Timed = {
      at,
      get bytes() {
        return packet.bytes;
      },
    };
    let pieces: readonly Timed[] = [whole];
    for (const { name, decide } of this.#faults) {
      pieces = pieces.flatMap((piece) => decide(piece));
      if (pieces.length === 0) return { deliveries: [], lostTo: name };
    }
    const deliveryOf = (piece: Timed): Delivery => {
      const arrivesAt = micros(Math.round(piece.at));
      const isWhole = piece === whole || piece.bytes === packet.bytes;
      return isWhole ? { at: arrivesAt } : { at: arrivesAt, bytes: piece.bytes };
    };
    return { deliveries: pieces.map(deliveryOf) };
  }
}
