// Where every message of the queue is at a moment, read from the frames that passed: published, kept,
// delivered, confirmed. Draws nothing, and believes no program.

import type { Capture } from '../../capture/capture.ts';
import type { Change } from '../../capture/queue-reading.ts';
import { changesOf, queuesOf } from './queue-frames.ts';

export type Place =
  /** Published, and the queue has not answered: it comes, or it is held back. */
  | { readonly kind: 'coming' }
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

/** Reads a capture once; answers for any moment of it. */
export function queueOf(capture: Capture): (playhead: number) => readonly QueuedMessage[] {
  const changes = changesOf(capture).toSorted((a, b) => a.at - b.at);
  const queues = [...new Set(queuesOf(capture).values())];
  return (playhead) => {
    const state = new Map<string, QueuedMessage>();
    for (const change of changes) {
      if (change.at > playhead) break;
      for (const queue of change.queue === undefined ? queues : [change.queue]) {
        const key = `${queue} ${change.id}`;
        const message = moved(state.get(key), queue, change);
        if (message) state.set(key, message);
      }
    }
    return [...state.values()];
  };
}

function moved(
  before: QueuedMessage | undefined,
  queue: string,
  change: Change,
): QueuedMessage | undefined {
  const { id, ref, what, consumer = '' } = change;
  const place = placeAfter(change, before?.place, consumer);
  if (!place) return before;
  const deliveries = (before?.deliveries ?? 0) + (what === 'delivered' ? 1 : 0);
  return { id, queue, frame: ref.frame, deliveries, place };
}

/** `undefined` where it changes nothing. */
function placeAfter(
  { what, isLost }: Change,
  before: Place | undefined,
  consumer: string,
): Place | undefined {
  switch (what) {
    case 'published':
      return isLost ? undefined : { kind: 'coming' };
    case 'kept':
      // The first consumer may have it before the producer is told.
      return before?.kind === 'coming' ? { kind: 'waiting' } : undefined;
    case 'delivered':
      return { kind: 'with', consumer };
    case 'confirmed':
      return { kind: 'done', consumer };
    case 'late':
      return undefined;
    case 'refused':
    case 'dead':
    case 'dropped':
      return { kind: what };
  }
}
