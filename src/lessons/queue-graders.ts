// Questions about queues: how often each message was handled, by what the consumers wrote down, and
// what the frames say of it. None knows the right answer.

import type { Capture, LayerRef } from '../capture/capture.ts';
import { clientOf } from '../capture/clients.ts';
import { fieldValue } from '../wire/layer.ts';
import { findLayer } from './find-layer.ts';
import type { Grade, Grader } from './grade.ts';

/** A client that went for good writes it down last. */
const isOver = ({ notes }: Capture): boolean => {
  const leaves = notes.filter(({ what }) => what === 'disconnected');
  return leaves.some(({ who }) => who === 'producer' || who === 'Ben');
};

const idsOf = ({ notes }: Capture, what: string): readonly string[] =>
  notes.filter((note) => note.what === what).map(({ message }) => message);

const emitted = (capture: Capture): readonly string[] => [...new Set(idsOf(capture, 'emitted'))];

const handled = (capture: Capture, id: string): number =>
  idsOf(capture, 'handled').filter((message) => message === id).length;

const evidenceOf = (capture: Capture, event: string, id?: string): LayerRef | undefined => {
  const all = capture.frames.flatMap((frame) =>
    frame.layers.flatMap((layer, index) =>
      fieldValue(layer, 'socketio.event') === event &&
      (id === undefined || String(fieldValue(layer, 'socketio.argument')).includes(`"${id}"`))
        ? [{ frame: frame.id, layer: index }]
        : [],
    ),
  );
  return all.at(-1);
};

const grade = (answer: string, sentence: string, evidence: LayerRef | undefined): Grade =>
  evidence ? { answer, sentence, evidence } : { answer, sentence };

/** Whether a message was handled by nobody, and whether one was handled twice. */
const fate: Grader = (capture) => {
  const ids = emitted(capture);
  if (ids.length === 0 || !isOver(capture)) return undefined;
  const lost = ids.filter((id) => handled(capture, id) === 0);
  const twice = ids.filter((id) => handled(capture, id) > 1);
  const odd = lost[0] ?? twice[0];
  const answer = lost.length > 0 ? 'lost' : twice.length > 0 ? 'twice' : 'once';
  const sentence =
    answer === 'lost'
      ? `${lost.join(' and ')} handled by nobody`
      : answer === 'twice'
        ? `${twice.join(' and ')} handled twice`
        : `all ${ids.length} messages handled once`;
  return grade(
    answer,
    sentence,
    evidenceOf(capture, 'deliver', odd) ?? evidenceOf(capture, 'letter', odd),
  );
};

/** Whether a message was delivered more often than it was handled: the consumer knew it. */
const repeats: Grader = (capture) => {
  if (!isOver(capture)) return undefined;
  const [known] = idsOf(capture, 'repeated');
  return known
    ? grade(
        'ignored',
        `${known} delivered again, and ignored`,
        evidenceOf(capture, 'deliver', known),
      )
    : grade(
        'none',
        'no delivery of a message that was known already',
        evidenceOf(capture, 'deliver'),
      );
};

const deadLetter: Grader = (capture) => {
  if (!isOver(capture)) return undefined;
  const dead = findLayer(capture, (layer) => fieldValue(layer, 'socketio.event') === 'dead letter');
  const rest = emitted(capture).filter((id) => handled(capture, id) > 0).length;
  return dead
    ? grade('dead', `one dead letter, and ${rest} other messages handled`, dead)
    : grade('stuck', `no dead letter; ${rest} messages handled`, evidenceOf(capture, 'deliver'));
};

/** Whether each consumer got every message, or each message went to one of them. */
const shared: Grader = (capture) => {
  const ids = emitted(capture);
  if (ids.length === 0 || !isOver(capture)) return undefined;
  const isForAll = ids.every((id) => handled(capture, id) === 2);
  return isForAll
    ? grade(
        'each',
        'every message on the connection of each consumer',
        evidenceOf(capture, 'deliver'),
      )
    : grade(
        'one',
        'each message on the connection of one consumer',
        evidenceOf(capture, 'deliver'),
      );
};

/** What was done with messages for which there was no room. */
const whenFull: Grader = (capture) => {
  if (emitted(capture).length === 0 || !isOver(capture)) return undefined;
  const dropped = evidenceOf(capture, 'dropped');
  if (dropped) return grade('dropped', 'older messages dropped to make room', dropped);
  const full = findLayer(capture, (layer) => fieldValue(layer, 'socketio.argument') === 'full');
  if (full) return grade('refused', 'the answer “full” for a message that found no room', full);
  return grade('none', 'no message refused and none dropped', evidenceOf(capture, 'publish'));
};

/** What the owner of the mailbox got on her return, in one answer. */
const mailOnReturn: Grader = (capture) => {
  if (!isOver(capture)) return undefined;
  const ada = capture.connections.filter((one) => clientOf(capture, one) === 'Ada').at(-1);
  const lists = capture.frames.flatMap((frame) =>
    frame.connection === ada?.id && frame.direction === 'down'
      ? frame.layers.flatMap((layer, index) => {
          const values = layer.fields.filter(({ spec }) => spec.key === 'socketio.argument');
          const isAck = layer.summary.startsWith('ack');
          return isAck
            ? [
                {
                  text: values.map(({ value }) => String(value)).join(),
                  frame: frame.id,
                  layer: index,
                },
              ]
            : [];
        })
      : [],
  );
  const [first] = lists;
  if (!first) return undefined;
  const count = first.text.match(/l-\d/g)?.length ?? 0;
  const answer = count === 0 ? 'nothing' : count === 1 ? 'last' : 'all';
  const sentence =
    count === 0 ? 'an empty list' : `${count} letter${count === 1 ? '' : 's'} in one answer`;
  return grade(answer, sentence, { frame: first.frame, layer: first.layer });
};

export const QUEUE_GRADERS: Readonly<Record<string, Grader>> = {
  'queue-fate': fate,
  'queue-repeats': repeats,
  'queue-dead-letter': deadLetter,
  'queue-shared': shared,
  'queue-when-full': whenFull,
  'mail-on-return': mailOnReturn,
};
