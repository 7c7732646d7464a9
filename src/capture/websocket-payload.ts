// What a frame carries, wherever it lies: as it came, unmasked, put together or inflated. Adds its
// fields to a draft, and knows nothing of frames before it.

import type { ByteRange, Bytes } from '../lib/bytes.ts';
import { sizeText } from '../lib/size.ts';
import type { Field, Problem } from '../wire/layer.ts';
import type { MessageInflater } from '../wire/permessage-deflate.ts';
import { controlFields, type FrameHeader, unmask } from '../wire/websocket.ts';
import { OPCODES, WEBSOCKET } from '../wire/websocket-fields.ts';
import type { FrameDraft } from './frame-draft.ts';

/** Where a payload lies, unmasked. */
export interface Payload {
  readonly source: number;
  readonly range: ByteRange;
  readonly bytes: Bytes;
}

/** The frame's own layer, still being written. */
export interface OpenLayer {
  readonly fields: Field[];
  readonly problems: Problem[];
}

const FAILURES = {
  broken: {
    code: 'websocket/bad-compression',
    message: 'The compressed message could not be inflated.',
  },
  'too-big': {
    code: 'websocket/inflated-too-big',
    message: 'The compressed message becomes larger than is read here.',
  },
  'lost-context': {
    code: 'websocket/lost-context',
    message:
      'The message points back into earlier ones that were not read, so it cannot be inflated.',
  },
} as const;

/** The plain message, as a source made of the compressed one; nothing where it cannot be had. */
export function addInflated(
  draft: FrameDraft,
  layer: OpenLayer,
  inflater: MessageInflater,
  payload: Payload,
): Payload | undefined {
  const { source, range } = payload;
  const result = inflater.inflate(payload.bytes);
  const value = sizeText(payload.bytes.length);
  if ('failure' in result) {
    layer.problems.push({ ...FAILURES[result.failure], range: [0, 1] });
    addField(draft, layer, WEBSOCKET.unread, payload, value);
    return undefined;
  }
  addField(draft, layer, WEBSOCKET.compressedPayload, payload, value);
  const { bytes } = result;
  const inflated = draft.addSource('inflated', bytes, { source, range });
  return { source: inflated, range: [0, bytes.length], bytes };
}

export const payloadOf = (wire: Bytes, { headerLength, maskingKey }: FrameHeader): Bytes =>
  maskingKey ? unmask(wire.subarray(headerLength), maskingKey) : wire.subarray(headerLength);

export function addControl(
  draft: FrameDraft,
  layer: OpenLayer,
  opcode: number,
  payload: Payload,
): void {
  if (!OPCODES.has(opcode)) {
    addField(draft, layer, WEBSOCKET.unread, payload, sizeText(payload.bytes.length));
    return;
  }
  const { fields, problems, words } = controlFields(opcode, payload.bytes, payload.range[0]);
  if (payload.source === 0) {
    layer.fields.push(...fields);
    layer.problems.push(...problems);
  } else addPayloadLayer(draft, payload, words, fields, problems);
}

/** In the frame's own layer where the payload is plain, else in a layer over the unmasked bytes. */
export function addField(
  draft: FrameDraft,
  layer: OpenLayer,
  spec: Field['spec'],
  payload: Payload,
  value: string,
): void {
  const { range } = payload;
  if (range[0] === range[1]) return;
  if (payload.source === 0) layer.fields.push({ spec, range, value });
  else addPayloadLayer(draft, payload, '', [{ spec, range, value }], []);
}

function addPayloadLayer(
  draft: FrameDraft,
  { source, range }: Payload,
  words: string,
  fields: readonly Field[],
  problems: readonly Problem[],
): void {
  const summary = words || `payload, ${sizeText(range[1] - range[0])}`;
  draft.addLayer({ protocol: 'websocket', source, range, parent: 0, summary, fields, problems });
}
