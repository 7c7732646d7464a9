// What each frame of a queue's run says: a message published, kept, delivered, confirmed, given up. Reads
// frames, and believes no program.

import type { Capture, Frame, LayerRef } from '../../capture/capture.ts';
import { clientOf } from '../../capture/clients.ts';
import {
  argumentsOf,
  type Change,
  firstArguments,
  type QueueReading,
  type Said,
  stampOf,
} from '../../capture/queue-reading.ts';
import { fieldOf, fieldValue, type Layer } from '../../wire/layer.ts';

/** Which queue each connection said that it takes from, by connection. */
export const queuesOf = ({ frames }: Capture): ReadonlyMap<number, string> =>
  firstArguments(frames, 'consume');

export const queueReading = (capture: Capture): QueueReading => ({
  producer: 'producer',
  queues: queuesOf(capture),
  changes: changesOf(capture),
});

/** In the order in which the queue did it. */
export function changesOf(capture: Capture): readonly Change[] {
  const queues = queuesOf(capture);
  const names = new Map(capture.connections.map((one) => [one.id, clientOf(capture, one) ?? '']));
  const answers = new Map(
    capture.pairs
      .filter(({ kind }) => kind === 'event-ack')
      .map(({ from, to }) => [keyOf(from), to]),
  );
  const read = capture.frames.flatMap((frame) =>
    frame.layers.flatMap((layer, index): Change[] => {
      const ref = { frame: frame.id, layer: index };
      const change = changeOn(frame, layer, ref);
      if (!change) return [];
      const { connection } = frame;
      const queue = change.queue ?? (isOfOne(change) ? queues.get(connection) : undefined);
      const told = {
        ...change,
        ...(queue === undefined ? {} : { queue }),
        ...(change.what === 'delivered' ? { consumer: names.get(connection) ?? '' } : {}),
      };
      return [told, ...answerTo(capture, told, answers.get(keyOf(ref)))];
    }),
  );
  return withLate(read.toSorted((a, b) => a.atLab - b.atLab));
}

const isOfOne = ({ what }: Change): boolean => what === 'delivered';

const HEARD: Readonly<Record<string, readonly [Frame['direction'], Said]>> = {
  publish: ['up', 'published'],
  deliver: ['down', 'delivered'],
  'dead letter': ['down', 'dead'],
  dropped: ['down', 'dropped'],
};

function changeOn(frame: Frame, layer: Layer, ref: LayerRef): Change | undefined {
  if (layer.protocol !== 'socketio') return undefined;
  const [direction, what] = HEARD[String(fieldValue(layer, 'socketio.event'))] ?? [];
  const [message = '', queue] = argumentsOf(layer);
  const id = /"id":"(m-\d+)"/.exec(message)?.[1];
  if (what === undefined || direction !== frame.direction || id === undefined) return undefined;
  return {
    ...stampOf(frame),
    ref,
    id,
    what,
    ...(what === 'delivered' ? { asks: fieldOf(layer, 'socketio.ack_id') !== undefined } : {}),
    ...((what === 'dead' || what === 'dropped') && queue !== undefined ? { queue } : {}),
  };
}

/** The acknowledgement of a publication or a delivery. One that died on its way to the queue is none. */
function answerTo(capture: Capture, change: Change, to: LayerRef | undefined): Change[] {
  const frame = to && capture.frames[to.frame];
  const layer = to && frame?.layers[to.layer];
  if (!to || !frame || !layer) return [];
  const answer = { ...change, ...stampOf(frame), ref: to, answers: change.ref };
  if (change.what === 'published') {
    return [{ ...answer, what: argumentsOf(layer)[0] === 'full' ? 'refused' : 'kept' }];
  }
  return change.what === 'delivered' && !frame.lost ? [{ ...answer, what: 'confirmed' }] : [];
}

/** A queue that gives a message out again, or gives it up, heeds no confirmation of what went before. */
function withLate(changes: readonly Change[]): readonly Change[] {
  const last = new Map<string, Change>();
  const of = ({ queue, id }: Change): string => `${queue} ${id}`;
  for (const change of changes) {
    if (change.what === 'delivered' || change.what === 'dead') last.set(of(change), change);
  }
  return changes.map((change) =>
    change.what === 'confirmed' && change.answers !== last.get(of(change))?.ref
      ? { ...change, what: 'late' }
      : change,
  );
}

const keyOf = ({ frame, layer }: LayerRef): string => `${frame} ${layer}`;
