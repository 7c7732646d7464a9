// Two runs of one scenario beside each other, packet by packet: a model's and a kernel's. Everything is
// worked out from the packets alone, so that both are measured by the same rule.

import type { PacketRecord } from '../capture/packets.ts';
import type { Micros } from '../lib/time.ts';
import { TCP_FLAG } from '../wire/tcp.ts';
import { readPacket } from './packet.ts';

export type Side = 'client' | 'server';

/** A TCP segment on the link, its numbers relative to the initial ones. */
export interface Step {
  readonly from: Side;
  readonly at: Micros;
  readonly arrivedAt?: Micros;
  readonly lostTo?: string;
  readonly seq: number;
  readonly ack: number;
  readonly length: number;
  readonly flags: number;
  /** As on the wire. */
  readonly window: number;
  /** Relative blocks, `start-end`, as sent. */
  readonly sack: string;
}

/** In the order in which they left. */
export function stepsOf(records: readonly PacketRecord[]): readonly Step[] {
  const initial: Partial<Record<Side, number>> = {};
  const steps: Step[] = [];
  for (const { from, leftAt, arrivedAt, lostTo, bytes } of records) {
    const carried = readPacket(bytes, '')?.carried;
    if (carried?.kind !== 'tcp' || (from !== 'client' && from !== 'server')) continue;
    const { seq, ack, payload, flags, window, options } = carried.segment;
    const other = from === 'client' ? 'server' : 'client';
    const mine = initial[from] ?? seq;
    initial[from] = mine;
    const theirs = initial[other];
    const relative = (n: number): number => (theirs === undefined ? 0 : (n - theirs) >>> 0);
    const blocks = options.sack ?? [];
    steps.push({
      from,
      at: leftAt,
      ...(arrivedAt !== undefined && { arrivedAt }),
      ...(lostTo !== undefined && { lostTo }),
      seq: (seq - mine) >>> 0,
      ack: flags & TCP_FLAG.ACK ? relative(ack) : 0,
      length: payload.length,
      flags,
      window,
      sack: blocks.map(({ start, end }) => `${relative(start)}-${relative(end)}`).join(' '),
    });
  }
  return steps;
}

/** When the client's first `bytes` bytes had all arrived, from the first packet on. */
export function completionOf(steps: readonly Step[], bytes: number): Micros | undefined {
  const arrived = steps
    .filter(({ from, length }) => from === 'client' && length > 0)
    .flatMap(({ seq, length, arrivedAt }) =>
      arrivedAt === undefined ? [] : [{ seq, length, arrivedAt }],
    )
    .sort((a, b) => a.arrivedAt - b.arrivedAt);
  const early = new Map<number, number>();
  let reach = 1;
  for (const { seq, length, arrivedAt } of arrived) {
    early.set(seq, Math.max(early.get(seq) ?? 0, seq + length));
    for (let end = early.get(reach); end !== undefined; end = early.get(reach)) reach = end;
    if (reach > bytes) return arrivedAt;
  }
  return undefined;
}

export interface Retransmission {
  readonly seq: number;
  readonly length: number;
  readonly at: Micros;
  /** Of the times that this sequence number was sent again, counted from 1. */
  readonly nth: number;
}

/** What the client sent again: SYN, data and FIN. */
export function retransmissionsOf(steps: readonly Step[]): readonly Retransmission[] {
  const sent = new Map<number, number>();
  const found: Retransmission[] = [];
  for (const { from, seq, length, flags, at } of steps) {
    const isEmpty = length === 0 && !(flags & (TCP_FLAG.SYN | TCP_FLAG.FIN));
    if (from !== 'client' || isEmpty) continue;
    const nth = sent.get(seq) ?? 0;
    sent.set(seq, nth + 1);
    if (nth > 0) found.push({ seq, length, at, nth });
  }
  return found;
}

/** The first place where what one side sent is not the same, or nothing. */
export interface Difference {
  /** From 1, among the packets of that side. */
  readonly ordinal: number;
  readonly model: Step | undefined;
  readonly kernel: Step | undefined;
}

/** Window, PSH and time are not compared. */
export function firstDifference(
  model: readonly Step[],
  kernel: readonly Step[],
  side: Side,
): Difference | undefined {
  const [a, b] = [ofSide(model, side), ofSide(kernel, side)];
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [one, other] = [a[i], b[i]];
    if (!one || !other || sameness(one) !== sameness(other)) {
      return { ordinal: i + 1, model: one, kernel: other };
    }
  }
  return undefined;
}

const ofSide = (steps: readonly Step[], side: Side) => steps.filter(({ from }) => from === side);

const COMPARED = TCP_FLAG.SYN | TCP_FLAG.FIN | TCP_FLAG.RST | TCP_FLAG.ACK;
const sameness = ({ seq, ack, length, flags, lostTo = '', sack }: Step): string =>
  [seq, ack, length, flags & COMPARED, lostTo, sack].join(' ');

/** Bytes that the client had sent and not seen acknowledged, on the average over time until `until`. */
export function meanOutstanding(steps: readonly Step[], until: number): number {
  const events: { readonly at: number; readonly sent?: number; readonly acked?: number }[] = [];
  for (const { from, at, arrivedAt, seq, length, ack } of steps) {
    if (from === 'client') events.push({ at, sent: seq + length });
    else if (arrivedAt !== undefined) events.push({ at: arrivedAt, acked: ack });
  }
  events.sort((a, b) => a.at - b.at);
  let [sent, acked, last, area] = [0, 0, 0, 0];
  for (const event of events) {
    const at = Math.min(event.at, until);
    area += Math.max(0, sent - acked) * (at - last);
    last = at;
    sent = Math.max(sent, event.sent ?? 0);
    acked = Math.max(acked, event.acked ?? 0);
  }
  return until > 0 ? area / until : 0;
}
