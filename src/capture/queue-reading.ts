// What a ledger of a queue is told of a run: who publishes, who takes from which queue, and what each frame
// says of a message. Each demo reads its own frames; this knows no event's name.

import { fieldValue, type Layer } from '../wire/layer.ts';
import type { Frame, LayerRef } from './capture.ts';

/**
 * `kept` and `refused` are the queue's answers to the producer. `late` is a confirmation that came when the
 * queue had given the message out again, or given it up, or had been told before.
 */
export type Said =
  | 'published'
  | 'kept'
  | 'refused'
  | 'delivered'
  | 'confirmed'
  | 'late'
  | 'dead'
  | 'dropped';

export interface Change {
  /** µs: when it crossed the socket, and when it was at the lab's end of the link. */
  readonly at: number;
  readonly atLab: number;
  readonly ref: LayerRef;
  readonly id: string;
  readonly what: Said;
  readonly connection: number;
  /** It died in the link. */
  readonly isLost: boolean;
  /** The queue that it is about; all of them if absent. */
  readonly queue?: string;
  /** The consumer of a delivery or of its confirmation. */
  readonly consumer?: string;
  /** A delivery that the consumer is to confirm. */
  readonly asks?: boolean;
  /** The event that this acknowledges. */
  readonly answers?: LayerRef;
}

export interface QueueReading {
  /** As it calls itself in its notes. */
  readonly producer: string;
  /** Which queue each connection said that it takes from, by connection. */
  readonly queues: ReadonlyMap<number, string>;
  /** In the order in which the queue did it. */
  readonly changes: readonly Change[];
}

export const stampOf = ({ at, passedAt, connection, lost }: Frame) => ({
  at,
  atLab: passedAt ?? at,
  connection,
  isLost: lost === true,
});

/** As text; strings without their quotes. */
export const argumentsOf = (layer: Layer): readonly string[] =>
  layer.fields
    .filter(({ spec }) => spec.key === 'socketio.argument')
    .map(({ value }) => String(value).replace(/^"|"$/g, ''));

/** Which connections sent an event of that name, by the first thing that they said with it. */
export function firstArguments(
  frames: readonly Frame[],
  event: string,
): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const { layers, connection } of frames) {
    for (const layer of layers) {
      if (fieldValue(layer, 'socketio.event') === event) {
        found.set(connection, argumentsOf(layer)[0] ?? '');
      }
    }
  }
  return found;
}
