// Questions about one message and the layers around it. Each takes the learner's own capture; what
// counts headers below the tap counts derived ones, and says so.

import type { Capture, Frame } from '../capture/capture.ts';
import { derivedPackets } from '../capture/derived-packets.ts';
import { encodeUtf8 } from '../lib/utf8.ts';
import { fieldValue } from '../wire/layer.ts';
import { findLayer } from './find-layer.ts';
import type { Grader } from './grade.ts';
import { findMoment } from './moments.ts';

interface Message {
  readonly frame: Frame;
  /** Index of its Socket.IO layer. */
  readonly layer: number;
  readonly text: string;
}

function messageOf(capture: Capture): Message | undefined {
  const at = findLayer(capture, (layer) => fieldValue(layer, 'socketio.event') === 'say');
  const frame = at && capture.frames[at.frame];
  const layer = frame?.layers[at?.layer ?? 0];
  if (!at || !frame || !layer) return undefined;
  return { frame, layer: at.layer, text: String(fieldValue(layer, 'socketio.argument') ?? '') };
}

/** A grader that is asked about the message, once it is there. */
const ofMessage =
  (grade: (capture: Capture, message: Message) => ReturnType<Grader>): Grader =>
  (capture) => {
    const message = messageOf(capture);
    return message && grade(capture, message);
  };

/** How many pieces carried the layers of one message (M11). */
const layerPieces = ofMessage((capture, { frame, layer }) => {
  const answered = findMoment(capture, 'first-ack');
  if (!answered) return undefined;
  const pieces = capture.frames.filter(
    ({ id, direction, layers }) =>
      id >= frame.id &&
      id < answered.frame &&
      direction === 'up' &&
      layers.some(({ protocol }) => protocol === 'engineio' || protocol === 'socketio'),
  );
  const names = frame.layers.length;
  return {
    answer: pieces.length === 1 ? 'one' : 'several',
    sentence:
      pieces.length === 1
        ? `one piece, in which ${names} layers lie inside each other`
        : `${pieces.length} pieces before the answer`,
    evidence: { frame: frame.id, layer },
  };
});

/** Whether Engine.IO's greeting has the layers of a message (M11). */
const layerGreeting: Grader = (capture) => {
  const at = findMoment(capture, 'session-id');
  const layers = at && capture.frames[at.frame]?.layers;
  if (!layers) return undefined;
  const hasAll = layers.some(({ protocol }) => protocol === 'socketio');
  return {
    answer: hasAll ? 'all' : 'fewer',
    sentence: hasAll
      ? 'Socket.IO inside the greeting of Engine.IO'
      : 'Engine.IO as the innermost layer of the greeting, and no Socket.IO in it',
    evidence: at,
  };
};

const indexOf = (bytes: Uint8Array, part: Uint8Array): number => {
  for (let at = 0; at + part.length <= bytes.length; at++) {
    if (part.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  return -1;
};

const wireOf = ({ sources }: Frame): Uint8Array => sources[0]?.bytes ?? new Uint8Array(0);

const layerFirstByte = ofMessage((_, { frame, text }) => {
  const [outermost] = frame.layers;
  if (!outermost) return undefined;
  const isText = indexOf(wireOf(frame), encodeUtf8(text)) === 0;
  return {
    answer: isText ? 'text' : outermost.protocol,
    sentence: isText
      ? 'your text at the very beginning'
      : `the header of ${outermost.protocol === 'http' ? 'HTTP' : 'WebSocket'} at the beginning of what the server’s tap saw`,
    evidence: { frame: frame.id, layer: 0 },
  };
});

const layerReadable = ofMessage((_, { frame, text }) => {
  const isReadable = indexOf(wireOf(frame), encodeUtf8(text)) >= 0;
  return {
    answer: isReadable ? 'readable' : 'masked',
    sentence: isReadable
      ? 'your text, letter by letter, in the bytes'
      : 'other bytes in the place of your text: they are masked',
    evidence: { frame: frame.id, layer: 0 },
  };
});

/** Which layer put the mask on, and so takes it off; nothing where none was put on. */
const layerUnmasks = ofMessage((_, { frame }) => {
  const layer = frame.layers.findIndex(
    (one) => fieldValue(one, 'websocket.masking_key') !== undefined,
  );
  const protocol = frame.layers[layer]?.protocol;
  if (!protocol) return undefined;
  return {
    answer: protocol,
    sentence:
      'the key of the mask among the bytes of WebSocket, and so it is WebSocket that uses it',
    evidence: { frame: frame.id, layer },
  };
});

const layerMoreBytes = ofMessage((capture, { frame, layer, text }) => {
  const packets = derivedPackets(capture, frame);
  const own = encodeUtf8(text).length;
  const around = wireOf(frame).length - own;
  const derived = packets.reduce((sum, { payloadAt }) => sum + payloadAt, 0);
  const isText = own > around + derived;
  return {
    answer: isText ? 'text' : 'headers',
    sentence: `${own} bytes of text, ${around} around it, and ${derived} of TCP and IP headers, which are derived`,
    evidence: { frame: frame.id, layer },
  };
});

const layerPackets = ofMessage((capture, { frame, layer }) => {
  const { length } = derivedPackets(capture, frame);
  const bytes = wireOf(frame).length;
  return {
    answer: length === 1 ? 'one' : 'several',
    sentence: `one frame of ${bytes} bytes, for which ${length === 1 ? 'one usual packet is' : `${length} usual packets are`} needed; the packets are derived`,
    evidence: { frame: frame.id, layer },
  };
});

export const LAYER_GRADERS: Readonly<Record<string, Grader>> = {
  'layer-pieces': layerPieces,
  'layer-greeting': layerGreeting,
  'layer-first-byte': layerFirstByte,
  'layer-readable': layerReadable,
  'layer-unmasks': layerUnmasks,
  'layer-more-bytes': layerMoreBytes,
  'layer-packets': layerPackets,
};
