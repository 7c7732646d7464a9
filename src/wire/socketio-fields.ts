// The fields of Socket.IO v5. Parses nothing.

import type { FieldSpec } from './layer.ts';

const field = (key: string, label: string, explain: string, section: string): FieldSpec => ({
  key: `socketio.${key}`,
  label,
  explain,
  spec: `Socket.IO protocol v5, ${section}`,
});

const [ENCODING, CONNECTION, EVENTS, ACKS, RECOVERY] = [
  'Packet encoding',
  'Connection to a namespace',
  'Sending and receiving data',
  'Acknowledgement',
  'Connection state recovery',
];

export const SOCKETIO = {
  type: field(
    'type',
    'Packet type',
    'One digit: connect, disconnect, event, acknowledgement, connection refused, or one of the two kinds with binary data.',
    ENCODING,
  ),
  attachments: field(
    'attachments',
    'Attachments',
    'How many binary messages follow that belong to this packet.',
    ENCODING,
  ),
  dash: field('attachments.end', 'Dash', 'Ends the number of attachments.', ENCODING),
  namespace: field(
    'namespace',
    'Namespace',
    'Which part of the application this is for; the main one, /, is left out.',
    ENCODING,
  ),
  comma: field('namespace.end', 'Comma', 'Ends the namespace.', ENCODING),
  ackId: field(
    'ack_id',
    'Acknowledgement id',
    'In an event: please answer under this number. In an acknowledgement: the number that is answered.',
    ACKS,
  ),
  event: field('event', 'Event name', 'Which event the application emitted.', EVENTS),
  argument: field('argument', 'Argument', 'One of the values that the application passed.', EVENTS),
  offset: field(
    'offset',
    'Recovery offset',
    'An extra last argument from the server: after a drop the client names it to get what it missed since.',
    RECOVERY,
  ),
  sid: field(
    'sid',
    'Socket id',
    'The public name of this socket in the application; it is not the Engine.IO session id.',
    CONNECTION,
  ),
  pid: field(
    'pid',
    'Private id',
    'A secret name with which the client may later ask to have its state back.',
    RECOVERY,
  ),
  recoveryOffset: field(
    'connect.offset',
    'Last offset',
    'The last offset that the client received before it was cut off.',
    RECOVERY,
  ),
  auth: field(
    'connect.auth',
    'Connect value',
    'A value that the application sends along when it connects, often a proof of who it is.',
    CONNECTION,
  ),
  error: field(
    'connect_error.message',
    'Refusal',
    'Why the server refused the connection to the namespace.',
    CONNECTION,
  ),
  name: field('json.name', 'Name', 'What the value after the colon is.', ENCODING),
  punctuation: field(
    'json.punctuation',
    'JSON punctuation',
    'Brackets, colons and commas hold the JSON text together.',
    ENCODING,
  ),
  attachment: field(
    'attachment',
    'Attachment',
    'Bytes that the application passed as an argument; they take the place of a placeholder in the packet before.',
    ENCODING,
  ),
  unread: field('unread', 'Not understood', 'Bytes that are no Socket.IO packet.', ENCODING),
} as const;

export const SOCKETIO_FIELDS: readonly FieldSpec[] = Object.values(SOCKETIO);

/** By digit. */
export const SOCKETIO_TYPES = [
  'connect',
  'disconnect',
  'event',
  'ack',
  'connect_error',
  'binary_event',
  'binary_ack',
] as const;

export type SocketIoType = (typeof SOCKETIO_TYPES)[number];
