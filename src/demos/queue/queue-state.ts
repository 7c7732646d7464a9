// Where every message of the queue is at a moment, read from the frames that passed: published, kept,
// delivered, confirmed. Draws nothing, and believes no program.

import type { Capture, Frame, LayerRef } from '../../capture/capture.ts';
import { clientOf } from '../../capture/clients.ts';
import { fieldValue, type Layer } from '../../wire/layer.ts';

export type Place =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'dropped' }
  | { readonly kind: 'with'; readonly consumer: string }
  | { readonly kind: 'done'; readonly consumer: string }
  | { readonly kind: 'dead' };

export interface QueuedMessage {
  readonly id: string;
  /** The queue it is in; each queue of a fan-out has its own copy. */
  readonly queue: string;
  readonly place: Place;
  /** How often it was delivered so far. */
  readonly deliveries: number;
  /** The frame that brought it where it is. */
  readonly frame: number;
}

interface Change {
  readonly at: number;
  readonly frame: number;
  readonly id: string;
  readonly what: 'published' | 'refused' | 'delivered' | 'confirmed' | 'dead' | 'dropped';
  readonly consumer?: string;
}

/** Reads a capture once; answers for any moment of it. */
export function queueOf(capture: Capture): (playhead: number) => readonly QueuedMessage[] {
  const changes = changesOf(capture);
  const queueFor = queuesByConsumer(capture);
  const queues = [...new Set(queueFor.values())];
  return (playhead) => {
    const state = new Map<string, QueuedMessage>();
    for (const change of changes) {
      if (change.at > playhead) break;
      const theirs = change.consumer === undefined ? undefined : queueFor.get(change.consumer);
      for (const queue of theirs === undefined ? queues : [theirs]) {
        const key = `${queue} ${change.id}`;
        state.set(key, moved(state.get(key), queue, change));
      }
    }
    return [...state.values()];
  };
}

function moved(before: QueuedMessage | undefined, queue: string, change: Change): QueuedMessage {
  const { id, frame, consumer = '' } = change;
  const deliveries = (before?.deliveries ?? 0) + (change.what === 'delivered' ? 1 : 0);
  return { id, queue, frame, deliveries, place: placeAfter(change, consumer) };
}

function placeAfter({ what }: Change, consumer: string): Place {
  switch (what) {
    case 'published':
      return { kind: 'waiting' };
    case 'delivered':
      return { kind: 'with', consumer };
    case 'confirmed':
      return { kind: 'done', consumer };
    case 'refused':
      return { kind: 'refused' };
    case 'dead':
      return { kind: 'dead' };
    case 'dropped':
      return { kind: 'dropped' };
  }
}

function changesOf(capture: Capture): readonly Change[] {
  const { frames, pairs, connections } = capture;
  const who = new Map(connections.map((one) => [one.id, clientOf(capture, one) ?? '']));
  const answers = new Map(
    pairs.filter(({ kind }) => kind === 'event-ack').map(({ from, to }) => [keyOf(from), to]),
  );
  const changes = frames.flatMap((frame) =>
    frame.layers.flatMap((layer, index): Change[] => {
      const id = messageIn(layer);
      if (id === undefined) return [];
      const answer = answers.get(keyOf({ frame: frame.id, layer: index }));
      return changesOn(frame, layer, id, who.get(frame.connection) ?? '', answerIn(frames, answer));
    }),
  );
  return changes.toSorted((a, b) => a.at - b.at);
}

interface Answer {
  readonly at: number;
  readonly frame: number;
  readonly word: string;
}

function changesOn(
  { id: frame, at, direction }: Frame,
  layer: Layer,
  id: string,
  consumer: string,
  answer: Answer | undefined,
): Change[] {
  const event = fieldValue(layer, 'socketio.event');
  if (event === 'publish' && direction === 'up') {
    const refused = answer?.word === 'full' ? [{ ...answer, id, what: 'refused' as const }] : [];
    return [{ at, frame, id, what: 'published' }, ...refused];
  }
  if (event === 'deliver' && direction === 'down') {
    const confirmed = answer ? [{ ...answer, id, what: 'confirmed' as const, consumer }] : [];
    return [{ at, frame, id, what: 'delivered', consumer }, ...confirmed];
  }
  if (event === 'dead letter') return [{ at, frame, id, what: 'dead' }];
  return event === 'dropped' ? [{ at, frame, id, what: 'dropped' }] : [];
}

function answerIn(frames: readonly Frame[], ref: LayerRef | undefined): Answer | undefined {
  const frame = ref && frames[ref.frame];
  const layer = ref && frame?.layers[ref.layer];
  if (!frame || !layer) return undefined;
  return { at: frame.at, frame: frame.id, word: plain(fieldValue(layer, 'socketio.argument')) };
}

/** Which queue each consumer said that it takes from. */
function queuesByConsumer(capture: Capture): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const frame of capture.frames) {
    for (const layer of frame.layers) {
      if (fieldValue(layer, 'socketio.event') !== 'consume') continue;
      const connection = capture.connections.find(({ id }) => id === frame.connection);
      const who = connection && clientOf(capture, connection);
      if (who) found.set(who, plain(fieldValue(layer, 'socketio.argument')));
    }
  }
  return found;
}

function messageIn(layer: Layer): string | undefined {
  if (layer.protocol !== 'socketio' || fieldValue(layer, 'socketio.event') === undefined) {
    return undefined;
  }
  return /"id":"(m-\d+)"/.exec(String(fieldValue(layer, 'socketio.argument')))?.[1];
}

const plain = (value: unknown): string => String(value).replace(/^"|"$/g, '');

const keyOf = ({ frame, layer }: LayerRef): string => `${frame} ${layer}`;
