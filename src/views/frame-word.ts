// The anatomy of a frame in a few words: which layers lie in which, and the one word a learner can
// read on the innermost. Knows what a dissection says, never how it was made.

import type { Frame } from '../capture/capture.ts';
import { innermost } from '../capture/capture.ts';
import { decodeUtf8 } from '../lib/utf8.ts';
import { fieldOf, fieldValue, type Layer } from '../wire/layer.ts';

/** From the outermost layer to the innermost, each carried by the one before it. */
export function chainOf(frame: Frame): readonly Layer[] {
  const chain: Layer[] = [];
  let layer: Layer | undefined = innermost(frame);
  while (layer && chain.length <= frame.layers.length) {
    chain.unshift(layer);
    layer = layer.parent === undefined ? undefined : frame.layers[layer.parent];
  }
  return chain;
}

const MAX_WORD = 16;

/** `GET`, `101`, `2probe`, `40`, `42 hello`: at most 16 characters. */
export function wordOf(frame: Frame): string {
  const word = layerWord(frame, innermost(frame));
  return word.length > MAX_WORD ? `${word.slice(0, MAX_WORD - 1)}…` : word;
}

/** The most telling protocol of a frame: its hue in lists, ladder and timeline. */
export const protocolOf = (frame: Frame): Layer['protocol'] => innermost(frame).protocol;

/** The payload crossed the wire combined with a masking key (RFC 6455 §5.3). */
export const isMasked = (frame: Frame): boolean =>
  frame.sources.some(({ origin }) => origin === 'unmasked');

function layerWord(frame: Frame, layer: Layer): string {
  switch (layer.protocol) {
    case 'http':
      return httpWord(layer);
    case 'websocket':
      return `${fieldOf(layer, 'websocket.opcode')?.meaning ?? 'frame'}`;
    case 'engineio':
      return engineWord(frame, layer);
    case 'socketio':
      return socketWord(layer);
    default:
      return layer.summary;
  }
}

const httpWord = (layer: Layer): string =>
  String(
    fieldValue(layer, 'http.request.method') ??
      fieldValue(layer, 'http.response.code') ??
      layer.summary.split(' ')[0],
  );

function engineWord(frame: Frame, layer: Layer): string {
  const type = fieldOf(layer, 'engineio.type');
  if (!type) return layer.summary;
  const [start, end] = layer.range;
  const bytes = frame.sources[layer.source]?.bytes.subarray(start, Math.min(end, start + MAX_WORD));
  const text = bytes ? decodeUtf8(bytes).text : String(type.value);
  return text.length <= 8 && text.length > 1 ? text : `${type.value} ${type.meaning ?? ''}`.trim();
}

function socketWord(layer: Layer): string {
  const type = fieldValue(layer, 'socketio.type');
  if (type === undefined) return layer.summary;
  const event = fieldValue(layer, 'socketio.event');
  const id = fieldValue(layer, 'socketio.ack_id') ?? fieldValue(layer, 'socketio.id');
  if (event !== undefined) return `4${type} ${event}`;
  return `4${type}${id ?? ''}`;
}
