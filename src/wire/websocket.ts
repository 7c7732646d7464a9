// One WebSocket frame (RFC 6455 §5): where it ends, what its header says, and building it. Knows
// nothing of the frames around it.

import { type Bytes, concat, putU16, putU32, u8, u16, u64 } from '../lib/bytes.ts';
import { sizeText } from '../lib/size.ts';
import { decodeUtf8 } from '../lib/utf8.ts';
import type { Field, FieldSpec, Problem } from './layer.ts';
import { CLOSE_CODES, OPCODES, WEBSOCKET } from './websocket-fields.ts';

/** A frame that says it is larger than this is refused; labs send and accept at most 1 MB. */
export const MAX_PAYLOAD = 1 << 23;

export interface FrameHeader {
  readonly fin: boolean;
  /** RSV1 to RSV3 as one number, RSV1 the most significant. */
  readonly rsv: number;
  readonly opcode: number;
  readonly maskingKey?: Bytes;
  /** How many bits the length was written with. */
  readonly lengthBits: 7 | 16 | 64;
  readonly headerLength: number;
  readonly payloadLength: number;
}

/** `undefined` while the header is incomplete. Offsets count from the first byte of the frame. */
export function readFrameHeader(bytes: Bytes): FrameHeader | undefined {
  if (bytes.length < 2) return undefined;
  const [first, second] = [u8(bytes, 0), u8(bytes, 1)];
  const short = second & 0x7f;
  const lengthBits = short === 126 ? 16 : short === 127 ? 64 : 7;
  const keyAt = 2 + (lengthBits === 7 ? 0 : lengthBits / 8);
  const headerLength = keyAt + (second >= 0x80 ? 4 : 0);
  if (bytes.length < headerLength) return undefined;
  const payloadLength =
    lengthBits === 7 ? short : lengthBits === 16 ? u16(bytes, 2) : u64(bytes, 2);
  const header = {
    fin: first >= 0x80,
    rsv: (first >> 4) & 7,
    opcode: first & 0x0f,
    lengthBits,
    headerLength,
    payloadLength,
  } as const;
  return second >= 0x80 ? { ...header, maskingKey: bytes.slice(keyAt, keyAt + 4) } : header;
}

/** RFC 6455 §5.3: masking and unmasking are the same. */
export function unmask(payload: Bytes, key: Bytes): Bytes {
  const plain = new Uint8Array(payload.length);
  for (let i = 0; i < payload.length; i++) plain[i] = (payload[i] ?? 0) ^ (key[i & 3] ?? 0);
  return plain;
}

export interface WebSocketFrame extends Omit<FrameHeader, 'headerLength' | 'payloadLength'> {
  /** Unmasked. */
  readonly payload: Bytes;
}

/** One whole frame; `undefined` when the bytes are not exactly one. */
export function readWebSocketFrame(bytes: Bytes): WebSocketFrame | undefined {
  const header = readFrameHeader(bytes);
  if (header?.headerLength === undefined) return undefined;
  const { headerLength, payloadLength, ...rest } = header;
  if (headerLength + payloadLength !== bytes.length) return undefined;
  const payload = bytes.slice(headerLength);
  return { ...rest, payload: rest.maskingKey ? unmask(payload, rest.maskingKey) : payload };
}

/** The mirror of `readWebSocketFrame`. */
export function buildWebSocketFrame(frame: WebSocketFrame): Bytes {
  const { fin, rsv, opcode, maskingKey, lengthBits, payload } = frame;
  const short = lengthBits === 7 ? payload.length : lengthBits === 16 ? 126 : 127;
  const lengths = new Uint8Array(lengthBits === 7 ? 0 : lengthBits / 8);
  if (lengthBits === 16) putU16(lengths, 0, payload.length);
  if (lengthBits === 64) {
    putU32(lengths, 0, Math.floor(payload.length / 0x1_0000_0000));
    putU32(lengths, 4, payload.length);
  }
  const first = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  const start = Uint8Array.of(first, (maskingKey ? 0x80 : 0) | short);
  if (!maskingKey) return concat(start, lengths, payload);
  return concat(start, lengths, maskingKey, unmask(payload, maskingKey));
}

const FLAGS: readonly (readonly [FieldSpec, number])[] = [
  [WEBSOCKET.fin, 0],
  [WEBSOCKET.rsv1, 1],
  [WEBSOCKET.rsv2, 2],
  [WEBSOCKET.rsv3, 3],
];

/** RSV1, which permessage-deflate sets on the first frame of a compressed message (RFC 7692 §6). */
export const RSV1 = 4;

/** The fields of the header and, where the payload is masked, of the masked payload. */
export function headerFields(bytes: Bytes, header: FrameHeader, isCompressed = false): Field[] {
  const { opcode, lengthBits, headerLength, payloadLength, maskingKey } = header;
  const [first, second] = [u8(bytes, 0), u8(bytes, 1)];
  const fields: Field[] = FLAGS.map(([spec, bit]) => ({
    spec,
    range: [0, 1],
    value: (first & (0x80 >> bit)) !== 0,
    bits: [bit, bit + 1],
    ...(isCompressed && spec === WEBSOCKET.rsv1 ? { meaning: 'this message is compressed' } : {}),
  }));
  const meaning = OPCODES.get(opcode) ?? 'reserved';
  fields.push({ spec: WEBSOCKET.opcode, range: [0, 1], value: opcode, meaning, bits: [4, 8] });
  fields.push({ spec: WEBSOCKET.mask, range: [1, 2], value: second >= 0x80, bits: [0, 1] });
  fields.push({
    spec: WEBSOCKET.payloadLength,
    range: [1, 2],
    value: second & 0x7f,
    bits: [1, 8],
    ...(lengthBits === 7 ? {} : { meaning: `the next ${lengthBits} bits say it` }),
  });
  if (lengthBits === 16) {
    fields.push({ spec: WEBSOCKET.extendedLength16, range: [2, 4], value: payloadLength });
  }
  if (lengthBits === 64) {
    fields.push({ spec: WEBSOCKET.extendedLength64, range: [2, 10], value: payloadLength });
  }
  if (!maskingKey) return fields;
  const key = Array.from(maskingKey, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  fields.push({ spec: WEBSOCKET.maskingKey, range: [headerLength - 4, headerLength], value: key });
  if (payloadLength > 0) {
    const range = [headerLength, headerLength + payloadLength] as const;
    fields.push({ spec: WEBSOCKET.maskedPayload, range, value: sizeText(payloadLength) });
  }
  return fields;
}

/**
 * What the header alone tells is wrong; `canCompress`: the ends agreed on permessage-deflate. Fatal
 * problems leave the rest of the stream unreadable.
 */
export function headerProblems(
  header: FrameHeader,
  isFromClient: boolean,
  canCompress = false,
): { readonly problems: readonly Problem[]; readonly isFatal: boolean } {
  const problems: Problem[] = [];
  const { opcode, fin, rsv, lengthBits, headerLength, payloadLength, maskingKey } = header;
  const found = (code: Problem['code'], message: string, at: 0 | 1 | 2): void => {
    const range = at === 2 ? ([2, headerLength] as const) : ([at, at + 1] as const);
    problems.push({ code, message, range });
  };
  if (!OPCODES.has(opcode))
    found('websocket/reserved-opcode', `Opcode ${opcode} has no meaning yet.`, 0);
  const isCompressible = canCompress && (opcode === 1 || opcode === 2);
  if ((isCompressible ? rsv & ~RSV1 : rsv) !== 0) {
    const message = canCompress
      ? 'A reserved bit is set where no extension that was agreed on uses it.'
      : 'A reserved bit is set, but no extension was agreed on.';
    found('websocket/reserved-bits', message, 0);
  }
  if (opcode >= 8 && !fin)
    found('websocket/split-control', 'A control frame must not be split.', 0);
  if (opcode >= 8 && payloadLength > 125) {
    found(
      'websocket/long-control',
      `A control frame has at most 125 bytes; this one has ${payloadLength}.`,
      1,
    );
  }
  if (isFromClient && !maskingKey)
    found('websocket/not-masked', 'A client must mask every frame.', 1);
  if (!isFromClient && maskingKey)
    found('websocket/masked-by-server', 'A server must not mask.', 1);
  const least = lengthBits === 64 ? 0x1_0000 : lengthBits === 16 ? 126 : 0;
  if (payloadLength < least)
    found('websocket/long-length', 'The length was not written in its shortest form.', 2);
  const isFatal = payloadLength > MAX_PAYLOAD;
  if (isFatal) {
    found(
      'websocket/too-big',
      `The frame claims ${payloadLength} bytes; the limit here is ${MAX_PAYLOAD}.`,
      2,
    );
  }
  return { problems, isFatal };
}

/** Close, ping and pong: the fields of the unmasked payload, whose first byte is at `start`. */
export function controlFields(
  opcode: number,
  payload: Bytes,
  start: number,
): {
  readonly fields: readonly Field[];
  readonly problems: readonly Problem[];
  readonly words: string;
} {
  const end = start + payload.length;
  if (payload.length === 0) return { fields: [], problems: [], words: '' };
  const { text, valid } = decodeUtf8(opcode === 8 ? payload.subarray(2) : payload);
  if (opcode !== 8) {
    const spec = opcode === 9 ? WEBSOCKET.ping : WEBSOCKET.pong;
    const value = valid ? text : sizeText(payload.length);
    return { fields: [{ spec, range: [start, end], value }], problems: [], words: '' };
  }
  if (payload.length === 1) {
    const message = 'A close code needs two bytes.';
    const problem: Problem = { code: 'websocket/short-close', message, range: [start, end] };
    const fields: Field[] = [{ spec: WEBSOCKET.unread, range: [start, end], value: sizeText(1) }];
    return { fields, problems: [problem], words: '' };
  }
  const code = u16(payload, 0);
  const meaning =
    CLOSE_CODES.get(code) ?? (code >= 3000 && code < 5000 ? 'given by the application' : 'unknown');
  const fields: Field[] = [
    { spec: WEBSOCKET.closeCode, range: [start, start + 2], value: code, meaning },
  ];
  if (end > start + 2) {
    fields.push({ spec: WEBSOCKET.closeReason, range: [start + 2, end], value: text });
  }
  const message = 'A close reason must be valid UTF-8.';
  const range = [start + 2, end] as const;
  const problems: Problem[] = valid ? [] : [{ code: 'websocket/bad-utf8', message, range }];
  return { fields, problems, words: `${code} ${meaning}` };
}
