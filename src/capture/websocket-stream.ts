// Cuts a stream into WebSocket frames and puts fragmented messages together (RFC 6455 §5). Knows
// nothing of what a message says.

import type { ByteRange, Bytes } from '../lib/bytes.ts';
import { join } from '../lib/join.ts';
import { sizeText } from '../lib/size.ts';
import { decodeUtf8 } from '../lib/utf8.ts';
import type { Field, Problem } from '../wire/layer.ts';
import {
  controlFields,
  type FrameHeader,
  headerFields,
  headerProblems,
  MAX_PAYLOAD,
  readFrameHeader,
  unmask,
} from '../wire/websocket.ts';
import { OPCODES, WEBSOCKET } from '../wire/websocket-fields.ts';
import type { ByteStream, Taken } from './byte-stream.ts';
import { addBinaryMessage, addTextMessage, type Carrier } from './engineio-content.ts';
import { FrameDraft } from './frame-draft.ts';

/** A message whose last fragment has not come. */
interface Unfinished {
  readonly opcode: number;
  readonly pieces: Bytes[];
  size: number;
}

export interface WebSocketSide {
  readonly isFromClient: boolean;
  /** Messages are Engine.IO packets. */
  readonly isEngineIo: boolean;
  readonly carrier: Carrier;
  emit(taken: Taken, draft: FrameDraft): void;
  /** Called before each frame, so that the carrier's session is the one known by now. */
  refresh(): void;
}

/** Returns at the end of the stream, or behind a header after which nothing can be read. */
export function* readWebSocket(stream: ByteStream, side: WebSocketSide): Generator<void, void> {
  const reader = new MessageReader(side);
  while (yield* stream.need(1)) {
    let header = readFrameHeader(stream.waiting);
    while (!header && (yield* stream.need(stream.length + 1))) {
      header = readFrameHeader(stream.waiting);
    }
    if (!header) return emitTruncated(stream, side);
    const { problems, isFatal } = headerProblems(header, side.isFromClient);
    if (isFatal) {
      const taken = stream.take(header.headerLength);
      return side.emit(
        taken,
        brokenDraft(taken.bytes, headerFields(taken.bytes, header), problems),
      );
    }
    const length = header.headerLength + header.payloadLength;
    if (!(yield* stream.need(length))) return emitTruncated(stream, side);
    const taken = stream.take(length);
    side.refresh();
    side.emit(taken, reader.read(taken.bytes, header, problems));
  }
}

function emitTruncated(stream: ByteStream, side: WebSocketSide): void {
  const taken = stream.take(stream.length);
  const range = [0, taken.bytes.length] as const;
  const message = 'The bytes end before the frame is complete.';
  const problem: Problem = { code: 'websocket/truncated', message, range };
  const field: Field = { spec: WEBSOCKET.unread, range, value: sizeText(range[1]) };
  side.emit(taken, brokenDraft(taken.bytes, [field], [problem]));
}

function brokenDraft(
  bytes: Bytes,
  all: readonly Field[],
  problems: readonly Problem[],
): FrameDraft {
  const draft = new FrameDraft(bytes);
  // The masked payload of such a frame never came.
  const fields = all.filter(({ range }) => range[1] <= bytes.length);
  const summary = 'not understood';
  draft.addLayer({
    protocol: 'websocket',
    source: 0,
    range: [0, bytes.length],
    summary,
    fields,
    problems,
  });
  return draft;
}

/** Where a payload lies, unmasked. */
interface Payload {
  readonly source: number;
  readonly range: ByteRange;
  readonly bytes: Bytes;
}

class MessageReader {
  readonly #side: WebSocketSide;
  #unfinished: Unfinished | undefined;

  constructor(side: WebSocketSide) {
    this.#side = side;
  }

  read(wire: Bytes, header: FrameHeader, problems: readonly Problem[]): FrameDraft {
    const draft = new FrameDraft(wire);
    const { opcode, fin, headerLength, payloadLength } = header;
    const kind = OPCODES.get(opcode) ?? `opcode ${opcode}`;
    const control = opcode === 8 ? controlFields(8, payloadOf(wire, header), 0).words : '';
    const shown = opcode >= 8 ? control : sizeText(payloadLength);
    const summary = [kind, shown, fin ? '' : '(more follows)'].filter(Boolean).join(' ');
    const layer = {
      protocol: 'websocket' as const,
      source: 0,
      range: [0, wire.length] as const,
      summary,
      fields: headerFields(wire, header),
      problems: [...problems],
    };
    draft.addLayer(layer);
    if (opcode >= 8 && header.payloadLength <= 125) {
      this.#pair(draft, opcode, payloadOf(wire, header));
    }
    const range: ByteRange = [headerLength, wire.length];
    const bytes = payloadOf(wire, header);
    const isMasked = header.maskingKey !== undefined && payloadLength > 0;
    const source = isMasked ? draft.addSource('unmasked', bytes, { source: 0, range }) : 0;
    const payload: Payload = { source, range: isMasked ? [0, bytes.length] : range, bytes };
    if (opcode >= 8) addControl(draft, layer, opcode, payload);
    else this.#addData(draft, layer, header, payload);
    return draft;
  }

  /** A pong answers the last ping with the same bytes (§5.5.3). */
  #pair(draft: FrameDraft, opcode: number, payload: Bytes): void {
    if (opcode !== 9 && opcode !== 10) return;
    const isAsk = opcode === 9;
    const asker = isAsk === this.#side.isFromClient ? 'client' : 'server';
    const key = `${this.#side.carrier.session.key} ${asker} ${payload.join(' ')}`;
    draft.ends.push({ kind: 'ping-pong', key, role: isAsk ? 'ask' : 'answer', layer: 0 });
  }

  #addData(draft: FrameDraft, layer: OpenLayer, header: FrameHeader, payload: Payload): void {
    const { opcode, fin } = header;
    const unfinished = this.#unfinished;
    const isContinuation = opcode === 0;
    if (isContinuation !== (unfinished !== undefined)) {
      const message = isContinuation
        ? 'A continuation has no message to continue.'
        : 'A new message began before the one before it was complete.';
      layer.problems.push({ code: 'websocket/bad-fragment', message, range: [0, 1] });
    }
    if (fin && !isContinuation) {
      this.#unfinished = undefined;
      this.#addMessage(draft, layer, opcode, payload);
      return;
    }
    addField(draft, layer, WEBSOCKET.fragment, payload, sizeText(payload.bytes.length));
    if (!isContinuation)
      this.#unfinished = { opcode, pieces: [payload.bytes], size: payload.bytes.length };
    else if (unfinished) this.#continue(draft, layer, unfinished, payload.bytes, fin);
  }

  #continue(
    draft: FrameDraft,
    layer: OpenLayer,
    message: Unfinished,
    piece: Bytes,
    fin: boolean,
  ): void {
    message.size += piece.length;
    if (piece.length > 0 && message.size <= MAX_PAYLOAD) message.pieces.push(piece);
    if (!fin) return;
    this.#unfinished = undefined;
    if (message.size > MAX_PAYLOAD) {
      const text = `The whole message has ${message.size} bytes; the limit here is ${MAX_PAYLOAD}.`;
      layer.problems.push({ code: 'websocket/too-big', message: text, range: [0, 1] });
      return;
    }
    const bytes = join(message.pieces);
    const source = draft.addSource('reassembled', bytes);
    this.#addMessage(draft, layer, message.opcode, { source, range: [0, bytes.length], bytes });
  }

  #addMessage(draft: FrameDraft, layer: OpenLayer, opcode: number, payload: Payload): void {
    const { source, range, bytes } = payload;
    const place = { source, range, parent: 0 };
    const { isEngineIo, carrier } = this.#side;
    if (opcode === 1) {
      const { text, valid } = decodeUtf8(bytes);
      if (!valid) {
        const message = 'A text message must be valid UTF-8.';
        layer.problems.push({ code: 'websocket/bad-utf8', message, range: [0, 1] });
      }
      if (isEngineIo) addTextMessage(draft, place, carrier);
      else addField(draft, layer, WEBSOCKET.text, payload, text);
    } else if (opcode === 2 && isEngineIo) addBinaryMessage(draft, place, carrier);
    else {
      const spec = opcode === 2 ? WEBSOCKET.binary : WEBSOCKET.unread;
      addField(draft, layer, spec, payload, sizeText(bytes.length));
    }
  }
}

interface OpenLayer {
  readonly fields: Field[];
  readonly problems: Problem[];
}

const payloadOf = (wire: Bytes, { headerLength, maskingKey }: FrameHeader): Bytes =>
  maskingKey ? unmask(wire.subarray(headerLength), maskingKey) : wire.subarray(headerLength);

function addControl(draft: FrameDraft, layer: OpenLayer, opcode: number, payload: Payload): void {
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
function addField(
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
