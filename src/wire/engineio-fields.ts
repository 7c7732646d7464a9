// The fields of Engine.IO v4. Parses nothing.

import type { FieldSpec } from './layer.ts';

const field = (key: string, label: string, explain: string, section: string): FieldSpec => ({
  key: `engineio.${key}`,
  label,
  explain,
  spec: `Engine.IO protocol v4, ${section}`,
});

const [HANDSHAKE, POLLING, WEBSOCKET, UPGRADE, HEARTBEAT, PACKETS] = [
  'Handshake',
  'HTTP long-polling',
  'WebSocket',
  'Upgrade',
  'Heartbeat',
  'Packet encoding',
];

export const ENGINEIO = {
  separator: field(
    'separator',
    'Separator',
    'The byte 1e stands between two packets that travel in one HTTP body.',
    POLLING,
  ),
  type: field(
    'type',
    'Packet type',
    'One digit: open, close, ping, pong, message, upgrade or noop.',
    PACKETS,
  ),
  probe: field(
    'probe',
    'Probe',
    'The word probe tests whether the new WebSocket works before it is used.',
    UPGRADE,
  ),
  data: field('data', 'Content', 'What the packet carries beyond its type.', PACKETS),
  base64Mark: field(
    'binary_mark',
    'Binary mark',
    'The letter b says that bytes follow, written as base64 because a polling body is text.',
    POLLING,
  ),
  base64: field(
    'base64',
    'Base64 text',
    'Bytes written with 64 harmless characters: four characters for three bytes.',
    POLLING,
  ),
  binary: field(
    'binary',
    'Binary message',
    'A binary WebSocket frame is one Engine.IO message; it needs no type in front.',
    WEBSOCKET,
  ),
  sid: field(
    'sid',
    'Session id',
    'The name of this session; every later request carries it, so that the server knows who is asking.',
    HANDSHAKE,
  ),
  upgrades: field(
    'upgrades',
    'Upgrades',
    'The better transports that the server offers.',
    HANDSHAKE,
  ),
  pingInterval: field(
    'ping_interval',
    'Ping interval',
    'After how many milliseconds the server sends a ping.',
    HEARTBEAT,
  ),
  pingTimeout: field(
    'ping_timeout',
    'Ping timeout',
    'How many milliseconds the server waits for the pong before it gives the connection up.',
    HEARTBEAT,
  ),
  maxPayload: field(
    'max_payload',
    'Largest payload',
    'How many bytes one polling body may have.',
    HANDSHAKE,
  ),
  other: field(
    'handshake.other',
    'Other setting',
    'A setting of the handshake that the protocol does not define.',
    HANDSHAKE,
  ),
  name: field('handshake.name', 'Name', 'Which setting the value after the colon is.', HANDSHAKE),
  punctuation: field(
    'handshake.punctuation',
    'JSON punctuation',
    'Braces, colons and commas hold the JSON text together.',
    HANDSHAKE,
  ),
  errorCode: field(
    'error.code',
    'Error code',
    'Why the server refused the request, as a number.',
    HANDSHAKE,
  ),
  errorMessage: field(
    'error.message',
    'Error message',
    'Why the server refused the request, in words.',
    HANDSHAKE,
  ),
  ok: field(
    'ok',
    'ok',
    'The server answers each POST with the two letters ok; its own packets travel in the answer to a GET.',
    POLLING,
  ),
  queryVersion: field(
    'query.eio',
    'EIO',
    'The version of the Engine.IO protocol that the client speaks.',
    HANDSHAKE,
  ),
  queryTransport: field(
    'query.transport',
    'transport',
    'How the client wants to talk: by polling or by WebSocket.',
    HANDSHAKE,
  ),
  querySid: field(
    'query.sid',
    'sid',
    'The session that this request belongs to; only the very first request has none.',
    HANDSHAKE,
  ),
  queryTime: field(
    'query.t',
    't',
    'A value that is different each time, so that no cache answers in the server’s place.',
    POLLING,
  ),
  unread: field('unread', 'Not understood', 'Bytes that are no Engine.IO packet.', PACKETS),
} as const;

export const ENGINEIO_FIELDS: readonly FieldSpec[] = Object.values(ENGINEIO);

/** By digit. */
export const ENGINEIO_TYPES = [
  'open',
  'close',
  'ping',
  'pong',
  'message',
  'upgrade',
  'noop',
] as const;

export type EngineIoType = (typeof ENGINEIO_TYPES)[number];
