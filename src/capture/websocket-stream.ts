// Cuts a stream into WebSocket frames, puts fragmented messages together (RFC 6455 §5) and inflates
// compressed ones. Knows nothing of what a message says.

import type { ByteRange, Bytes } from '../lib/bytes.ts';
import { join } from '../lib/join.ts';
import { sizeText } from '../lib/size.ts';
import { decodeUtf8 } from '../lib/utf8.ts';
import type { Field, Problem } from '../wire/layer.ts';
import type { MessageInflater } from '../wire/permessage-deflate.ts';
import {
  controlFields,
  type FrameHeader,
  headerFields,
  headerProblems,
  MAX_PAYLOAD,
  RSV1,
  readFrameHeader,
} from '../wire/websocket.ts';
import { OPCODES, WEBSOCKET } from '../wire/websocket-fields.ts';
import type { ByteStream, Taken } from './byte-stream.ts';
import { addBinaryMessage, addTextMessage, type Carrier } from './engineio-content.ts';
import { FrameDraft } from './frame-draft.ts';
import { Sessions } from './sessions.ts';
import {
  addControl,
  addField,
  addInflated,
  type OpenLayer,
  type Payload,
  payloadOf,
} from './websocket-payload.ts';

/** A message whose last fragment has not come. */
interface Unfinished {
  readonly opcode: number;
  readonly isCompressed: boolean;
  readonly pieces: Bytes[];
  size: number;
}

export interface WebSocketSide {
  readonly isFromClient: boolean;
  /** Messages are Engine.IO packets. */
  readonly isEngineIo: boolean;
  /** Undoes compression where the ends agreed on it, or where nobody saw on what they agreed. */
  readonly inflater: MessageInflater | undefined;
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
    const { problems, isFatal } = headerProblems(
      header,
      side.isFromClient,
      side.inflater !== undefined,
    );
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

/** A whole frame that has nothing to do with others: a control frame, or a message without Engine.IO. */
export function loneFrame(wire: Bytes, header: FrameHeader, isFromClient: boolean): FrameDraft {
  const sessions = new Sessions();
  const direction = isFromClient ? 'up' : 'down';
  const carrier = { direction, sessions, session: sessions.get(''), named() {} } as const;
  const nothing = { inflater: undefined, emit() {}, refresh() {} };
  const side = { isFromClient, isEngineIo: false, carrier, ...nothing };
  return new MessageReader(side).read(wire, header, []);
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
    const isCompressed = this.#isCompressed(header);
    const size = `${sizeText(payloadLength)}${isCompressed ? ' compressed' : ''}`;
    const shown = opcode >= 8 ? control : size;
    const summary = [kind, shown, fin ? '' : '(more follows)'].filter(Boolean).join(' ');
    const layer = {
      protocol: 'websocket' as const,
      source: 0,
      range: [0, wire.length] as const,
      summary,
      fields: headerFields(wire, header, isCompressed),
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

  #isCompressed({ rsv, opcode }: FrameHeader): boolean {
    const canBe = this.#side.inflater !== undefined && (opcode === 1 || opcode === 2);
    return canBe && (rsv & RSV1) !== 0;
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
    const isCompressed = this.#isCompressed(header);
    if (!isContinuation && unfinished?.isCompressed) this.#side.inflater?.lose();
    if (fin && !isContinuation) {
      this.#unfinished = undefined;
      this.#addMessage(draft, layer, { opcode, isCompressed }, payload);
      return;
    }
    addField(draft, layer, WEBSOCKET.fragment, payload, sizeText(payload.bytes.length));
    if (!isContinuation)
      this.#unfinished = {
        opcode,
        isCompressed,
        pieces: [payload.bytes],
        size: payload.bytes.length,
      };
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
      if (message.isCompressed) this.#side.inflater?.lose();
      const text = `The whole message has ${message.size} bytes; the limit here is ${MAX_PAYLOAD}.`;
      layer.problems.push({ code: 'websocket/too-big', message: text, range: [0, 1] });
      return;
    }
    const bytes = join(message.pieces);
    const source = draft.addSource('reassembled', bytes);
    this.#addMessage(draft, layer, message, { source, range: [0, bytes.length], bytes });
  }

  #addMessage(
    draft: FrameDraft,
    layer: OpenLayer,
    { opcode, isCompressed }: Pick<Unfinished, 'opcode' | 'isCompressed'>,
    carried: Payload,
  ): void {
    const { inflater } = this.#side;
    const payload =
      isCompressed && inflater ? addInflated(draft, layer, inflater, carried) : carried;
    if (!payload) return;
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
