// What each frame of a mailbox's run says: a letter left, kept, given to its owner at once or when she came
// back, confirmed. Reads frames, and believes no program.

import type { Capture, Frame, LayerRef } from '../../capture/capture.ts';
import { clientOf } from '../../capture/clients.ts';
import {
  argumentsOf,
  type Change,
  firstArguments,
  type QueueReading,
  stampOf,
} from '../../capture/queue-reading.ts';
import { fieldValue, type Layer } from '../../wire/layer.ts';

/** A mailbox is a queue with the name of its owner, who takes from it once she asked for it. */
export function mailboxReading(capture: Capture): QueueReading {
  const queues = firstArguments(capture.frames, 'return');
  return { producer: 'Ben', queues, changes: changesOf(capture, queues) };
}

function changesOf(capture: Capture, queues: QueueReading['queues']): readonly Change[] {
  const names = new Map(capture.connections.map((one) => [one.id, clientOf(capture, one) ?? '']));
  const answers = new Map(
    capture.pairs
      .filter(({ kind }) => kind === 'event-ack')
      .map(({ from, to }) => [`${from.frame} ${from.layer}`, to]),
  );
  const read = capture.frames.flatMap((frame) => {
    const taker = {
      consumer: names.get(frame.connection) ?? '',
      queue: queues.get(frame.connection) ?? '',
    };
    return frame.layers.flatMap((layer, index) => {
      const ref = { frame: frame.id, layer: index };
      const to = answers.get(`${ref.frame} ${ref.layer}`);
      return changesOn(frame, layer, ref, taker, answerAt(capture, to));
    });
  });
  return heeded(read.toSorted((a, b) => a.atLab - b.atLab));
}

/** Whoever is at the other end of a connection, and whose mailbox it asked for. */
interface Taker {
  readonly consumer: string;
  readonly queue: string;
}

interface Answer {
  readonly frame: Frame;
  readonly layer: Layer;
  readonly ref: LayerRef;
}

function answerAt({ frames }: Capture, ref: LayerRef | undefined): Answer | undefined {
  const frame = ref && frames[ref.frame];
  const layer = ref && frame?.layers[ref.layer];
  return frame && layer ? { frame, layer, ref } : undefined;
}

function changesOn(
  frame: Frame,
  layer: Layer,
  ref: LayerRef,
  taker: Taker,
  answer: Answer | undefined,
): readonly Change[] {
  if (layer.protocol !== 'socketio') return [];
  const said = `${frame.direction} ${fieldValue(layer, 'socketio.event')}`;
  const [first = '', second = ''] = argumentsOf(layer);
  const about = { ...stampOf(frame), ref };
  switch (said) {
    case 'up leave':
      return idsIn(first).flatMap((id): Change[] => {
        const left = { ...about, id, what: 'published', queue: second } as const;
        const kept = answer && ({ ...left, ...stampOf(answer.frame), ref: answer.ref } as const);
        return kept ? [left, { ...kept, what: 'kept' }] : [left];
      });
    case 'down letter':
      return idsIn(first).map((id) => ({ ...about, ...taker, id, what: 'delivered', asks: true }));
    case 'up return':
      return given(taker, answer);
    case 'up confirm':
      return about.isLost
        ? []
        : [{ ...about, ...taker, id: second, what: 'confirmed', queue: first }];
    default:
      return [];
  }
}

/** Who comes back gets the whole list in one acknowledgement. */
function given(taker: Taker, answer: Answer | undefined): readonly Change[] {
  if (!answer) return [];
  const { frame, layer, ref } = answer;
  return idsIn(argumentsOf(layer)[0] ?? '').map((id) => ({
    ...stampOf(frame),
    ...taker,
    ref,
    id,
    what: 'delivered',
    asks: true,
  }));
}

/** A letter is on the list once: of several confirmations the mailbox heeds the first. */
function heeded(changes: readonly Change[]): readonly Change[] {
  const done = new Set<string>();
  return changes.map((change) => {
    if (change.what !== 'confirmed') return change;
    const key = `${change.queue} ${change.id}`;
    if (done.has(key)) return { ...change, what: 'late' };
    done.add(key);
    return change;
  });
}

const idsIn = (json: string): readonly string[] =>
  Array.from(json.matchAll(/"id":"(l-\d+)"/g), ([, id = '']) => id);
