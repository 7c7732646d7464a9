// The fields of a WebSocket frame, and the names of opcodes and close codes. Parses nothing.

import type { FieldSpec } from './layer.ts';

const field = (key: string, label: string, explain: string, spec: string): FieldSpec => ({
  key: `websocket.${key}`,
  label,
  explain,
  spec: `RFC 6455 §${spec}`,
});

export const WEBSOCKET = {
  fin: field(
    'fin',
    'FIN',
    'One bit: this frame is the last piece of its message, and usually the only one.',
    '5.2',
  ),
  rsv1: field(
    'rsv1',
    'RSV1',
    'A bit kept for extensions: where permessage-deflate was agreed on, the first frame of a compressed message has it set.',
    '5.2',
  ),
  rsv2: field('rsv2', 'RSV2', 'A bit kept for extensions; nobody uses it, so it is 0.', '5.2'),
  rsv3: field('rsv3', 'RSV3', 'A bit kept for extensions; nobody uses it, so it is 0.', '5.2'),
  opcode: field(
    'opcode',
    'Opcode',
    'What kind of frame this is: text, binary, a further piece, or one of the control frames close, ping and pong.',
    '5.2',
  ),
  mask: field(
    'mask',
    'Mask',
    'One bit: the payload is masked; a client must mask and a server must not.',
    '5.2',
  ),
  payloadLength: field(
    'payload_length',
    'Payload length',
    'How many bytes the payload has; 126 and 127 mean that the real number follows.',
    '5.2',
  ),
  extendedLength16: field(
    'payload_length_ext_16',
    'Extended length, 16 bits',
    'The real length of the payload, since it is too large for seven bits.',
    '5.2',
  ),
  extendedLength64: field(
    'payload_length_ext_64',
    'Extended length, 64 bits',
    'The real length of the payload, since it is too large for sixteen bits.',
    '5.2',
  ),
  maskingKey: field(
    'masking_key',
    'Masking key',
    'Four random bytes; the payload is combined with them by exclusive or, so that old proxies never mistake it for HTTP. It hides nothing.',
    '5.3',
  ),
  maskedPayload: field(
    'masked_payload',
    'Masked payload',
    'The payload as it crossed the wire; combining it with the masking key once more gives the plain bytes.',
    '5.3',
  ),
  compressedPayload: {
    key: 'websocket.compressed_payload',
    label: 'Compressed payload',
    explain:
      'The message as DEFLATE wrote it, without the four bytes 00 00 ff ff at its end; inflating it gives the plain message. It may point back into earlier messages.',
    spec: 'RFC 7692 §7.2',
  },
  text: field('payload.text', 'Text', 'The text that the application sent in this message.', '5.6'),
  binary: field(
    'payload.binary',
    'Binary data',
    'The bytes that the application sent in this message.',
    '5.6',
  ),
  fragment: field(
    'fragment',
    'Fragment',
    'A piece of a message whose other pieces travel in other frames; the last piece shows the whole message.',
    '5.4',
  ),
  closeCode: field(
    'payload.close.status_code',
    'Close code',
    'Why the connection is being closed, as a number: 1000 is the normal end.',
    '7.4',
  ),
  closeReason: field(
    'payload.close.reason',
    'Close reason',
    'Why the connection is being closed, in words for people who read logs.',
    '7.1.6',
  ),
  ping: field(
    'payload.ping',
    'Ping payload',
    'Any bytes; the pong must bring the same bytes back.',
    '5.5.2',
  ),
  pong: field(
    'payload.pong',
    'Pong payload',
    'The bytes of the ping that this pong answers.',
    '5.5.3',
  ),
  unread: field(
    'unread',
    'Not understood',
    'Bytes that do not follow the rules of WebSocket, or that came after such bytes.',
    '7.1.7',
  ),
} as const;

export const WEBSOCKET_FIELDS: readonly FieldSpec[] = Object.values(WEBSOCKET);

export const OPCODES: ReadonlyMap<number, string> = new Map([
  [0x0, 'continuation'],
  [0x1, 'text'],
  [0x2, 'binary'],
  [0x8, 'close'],
  [0x9, 'ping'],
  [0xa, 'pong'],
]);

/** RFC 6455 §7.4.1. */
export const CLOSE_CODES: ReadonlyMap<number, string> = new Map([
  [1000, 'normal end'],
  [1001, 'going away'],
  [1002, 'protocol error'],
  [1003, 'kind of data not accepted'],
  [1005, 'no code given'],
  [1006, 'connection lost'],
  [1007, 'text is not valid UTF-8'],
  [1008, 'against the rules of the server'],
  [1009, 'message too big'],
  [1010, 'needed extension missing'],
  [1011, 'the server failed'],
]);
