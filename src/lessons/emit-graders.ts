// Questions about one emit and who hears it. Each takes the learner's own capture of three clients;
// none knows the right answer.

import type { Capture, Frame, LayerRef } from '../capture/capture.ts';
import { clientOf } from '../capture/clients.ts';
import { fieldValue, type Layer } from '../wire/layer.ts';
import { findLayer, typeOf } from './find-layer.ts';
import type { Grader } from './grade.ts';
import { findMoment } from './moments.ts';

const connectionOf = (capture: Capture, { frame }: LayerRef): number | undefined =>
  capture.frames[frame]?.connection;

const isSaid = (layer: Layer, frame: Frame): boolean =>
  frame.direction === 'down' && fieldValue(layer, 'socketio.event') === 'said';

/** Every client has closed its connection again: what has not come by now will not come. */
const isOver = ({ connections, notes }: Capture): boolean =>
  notes.some(({ what }) => what === 'disconnected') ||
  (connections.length > 0 && connections.every(({ closed }) => closed !== undefined));

/** Frames of your browser that one emit needed: a binary event is followed by its bytes. */
const framesPerEmit: Grader = (capture) => {
  const evidence = findMoment(capture, 'emitted');
  if (!evidence || !isOver(capture)) return undefined;
  const mine = connectionOf(capture, evidence);
  const rest = capture.frames.slice(evidence.frame + 1);
  const bytes = rest.find(
    ({ connection, direction, layers }) =>
      connection === mine &&
      direction === 'up' &&
      layers.some((layer) => layer.fields.some(({ spec }) => spec.key === 'socketio.attachment')),
  );
  return {
    answer: bytes ? 'two' : 'one',
    sentence: bytes
      ? 'two frames: one with the event and a placeholder, one with the bytes'
      : 'one frame',
    evidence: bytes ? { frame: bytes.id, layer: 0 } : evidence,
  };
};

const saidFrames = ({ frames }: Capture): readonly Frame[] =>
  frames.filter((frame) => frame.layers.some((layer) => isSaid(layer, frame)));

const framesPerBroadcast: Grader = (capture) => {
  const said = saidFrames(capture);
  const [first] = said;
  if (!first || !isOver(capture)) return undefined;
  return {
    answer: said.length === 1 ? 'one' : 'each',
    sentence:
      said.length === 1
        ? 'one frame from the server'
        : `${said.length} frames from the server, one on each connection`,
    evidence: { frame: first.id, layer: 0 },
  };
};

const WORDS: Readonly<Record<string, string>> = {
  '': 'nobody',
  you: 'you only',
  Ada: 'Ada only',
  'Ada Grace': 'Ada and Grace, not you',
  'Ada you': 'Ada and you, not Grace',
  'Ada Grace you': 'all three',
};

/** The clients to which the server passed the text on, by name. */
const whoHears: Grader = (capture) => {
  if (!findMoment(capture, 'emitted') || !isOver(capture)) return undefined;
  const said = saidFrames(capture);
  const names = capture.connections
    .filter(({ id }) => said.some(({ connection }) => connection === id))
    .map((connection) => clientOf(capture, connection) ?? 'somebody')
    .sort((a, b) => a.localeCompare(b, 'en'))
    .join(' ');
  const [first] = said;
  return {
    answer: names === '' ? 'nobody' : names.replaceAll(' ', '-').toLowerCase(),
    sentence: `a frame “said” for ${WORDS[names] ?? names}`,
    ...(first ? { evidence: { frame: first.id, layer: 0 } } : {}),
  };
};

const ackCame: Grader = (capture) => {
  if (!findMoment(capture, 'emitted') || !isOver(capture)) return undefined;
  const evidence = findMoment(capture, 'first-ack');
  return evidence
    ? { answer: 'yes', sentence: 'the acknowledgement, at your browser', evidence }
    : { answer: 'no', sentence: 'no acknowledgement' };
};

/** Whether the client that connected last, after the emit, got the text at all. */
const lateHears: Grader = (capture) => {
  const emitted = findMoment(capture, 'emitted');
  const late = capture.connections.at(-1);
  if (!emitted || !late || !isOver(capture)) return undefined;
  const frame = capture.frames[emitted.frame];
  if (!frame || late.openedAt < frame.at) return undefined;
  const heard = saidFrames(capture).find(({ connection }) => connection === late.id);
  const connect = capture.frames.find(({ connection }) => connection === late.id);
  const evidence = heard ?? connect;
  return {
    answer: heard ? 'later' : 'never',
    sentence: heard
      ? 'the text, on the connection that opened later'
      : 'a new connection, and no “said” on it',
    ...(evidence ? { evidence: { frame: evidence.id, layer: 0 } } : {}),
  };
};

/** An event whose name nobody listens to: does anything come back? */
const unheardAnswer: Grader = (capture) => {
  const emitted = findMoment(capture, 'emitted');
  if (!emitted || !isOver(capture)) return undefined;
  const mine = connectionOf(capture, emitted);
  const back = findLayer(
    capture,
    (layer, frame) =>
      frame.id > emitted.frame &&
      frame.connection === mine &&
      frame.direction === 'down' &&
      layer.protocol === 'socketio' &&
      typeOf(layer) !== 'disconnect' &&
      !isNews(layer),
  );
  return back
    ? { answer: 'something', sentence: 'an answer of the server', evidence: back }
    : {
        answer: 'nothing',
        sentence: 'the event arriving at the server, and nothing coming back',
        evidence: emitted,
      };
};

const isNews = (layer: Layer): boolean => fieldValue(layer, 'socketio.namespace') === '/news';

const SAYS = (layer: Layer, frame: Frame): boolean =>
  frame.direction === 'up' && fieldValue(layer, 'socketio.event') === 'say';

const refsOf = (
  { frames }: Capture,
  is: (layer: Layer, frame: Frame) => boolean,
): readonly LayerRef[] =>
  frames.flatMap((frame) =>
    frame.layers.flatMap((layer, index) =>
      is(layer, frame) ? [{ frame: frame.id, layer: index }] : [],
    ),
  );

/** How many of the events that were passed on came to the client that polls. */
const pollingHears: Grader = (capture) => {
  const said = refsOf(capture, SAYS).length;
  const polling = new Set(
    capture.connections.filter(({ role }) => role === 'polling').map(({ id }) => id),
  );
  if (said === 0 || polling.size === 0 || !isOver(capture)) return undefined;
  const heard = refsOf(
    capture,
    (layer, frame) => polling.has(frame.connection) && isSaid(layer, frame),
  );
  const count = heard.length;
  const evidence = heard.at(-1);
  return {
    answer: count === 0 ? 'none' : count < said ? 'some' : 'all',
    sentence: `${count} of ${said} on a connection that polls`,
    ...(evidence ? { evidence } : {}),
  };
};

const namespaceConnection: Grader = (capture) => {
  const news = findMoment(capture, 'news-connect');
  const emitted = findMoment(capture, 'emitted');
  if (!news || !emitted) return undefined;
  const isSame = connectionOf(capture, news) === connectionOf(capture, emitted);
  return {
    answer: isSame ? 'same' : 'own',
    sentence: isSame
      ? 'both namespaces on one and the same connection'
      : 'a connection of its own for the second namespace',
    evidence: news,
  };
};

export const EMIT_GRADERS: Readonly<Record<string, Grader>> = {
  'frames-per-emit': framesPerEmit,
  'frames-per-broadcast': framesPerBroadcast,
  'who-hears': whoHears,
  'ack-came': ackCame,
  'late-hears': lateHears,
  'unheard-answer': unheardAnswer,
  'polling-hears': pollingHears,
  'namespace-connection': namespaceConnection,
};
