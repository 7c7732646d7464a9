// One Socket.IO v5 packet: what it says, and building it. Knows neither what carries it nor what
// came before, except whether the session can be recovered.

import type { ByteRange, Bytes } from '../lib/bytes.ts';
import { type JsonPart, readJson } from '../lib/json-text.ts';
import { decodeUtf8, encodeUtf8 } from '../lib/utf8.ts';
import { jsonFields } from './json-fields.ts';
import type { Field, FieldSpec, Problem } from './layer.ts';
import { SOCKETIO, SOCKETIO_TYPES, type SocketIoType } from './socketio-fields.ts';
import { socketIoWords } from './socketio-summary.ts';

export interface SocketIoDissection {
  readonly type: SocketIoType | undefined;
  readonly namespace: string;
  readonly ackId?: number;
  /** How many binary messages follow. */
  readonly attachments: number;
  /** The name of an event; absent for every other packet. */
  readonly event?: string;
  /** The connect reply promises recovery. */
  readonly isRecoverable: boolean;
  readonly summary: string;
  readonly fields: readonly Field[];
  readonly problems: readonly Problem[];
}

/** More are refused: every one is kept in mind until it came. */
const MAX_ATTACHMENTS = 1000;
const PREFIX = /^([0-6])(?:(\d{1,9})(-))?(?:(\/[^,]*)(,)?)?(\d{1,15})?/;
const DIGIT_PREFIX = /^([0-6])(?:(\/[^,]*)(,)?)?(\d{1,15})?/;

/** Total. `hasOffsets`: events from this direction and namespace carry a recovery offset. */
export function dissectSocketIo(
  bytes: Bytes,
  range: ByteRange,
  hasOffsets: (namespace: string) => boolean,
): SocketIoDissection {
  const { text, valid } = decodeUtf8(bytes.subarray(range[0], range[1]));
  const prefix = valid ? readPrefix(text) : undefined;
  if (!prefix) return unread(range, text, 'A Socket.IO packet starts with a digit from 0 to 6.');
  const { type, fields, namespace, ackId, attachments } = prefix.at(range[0]);
  const body: ByteRange = [fields.at(-1)?.range[1] ?? range[0], range[1]];
  const carriesOffset = type === 'event' && ackId === undefined && hasOffsets(namespace);
  const content = dissectBody(bytes, body, type, carriesOffset);
  const { event } = content;
  return {
    type,
    namespace,
    ...(ackId === undefined ? {} : { ackId }),
    attachments: Math.min(attachments, MAX_ATTACHMENTS),
    ...(event === undefined ? {} : { event }),
    isRecoverable: type === 'connect' && content.fields.some(({ spec }) => spec === SOCKETIO.pid),
    summary: socketIoWords(type, event, ackId, namespace),
    fields: [...fields, ...content.fields],
    problems: content.problems,
  };
}

function unread(range: ByteRange, value: string, message: string): SocketIoDissection {
  const fields: Field[] = range[0] < range[1] ? [{ spec: SOCKETIO.unread, range, value }] : [];
  const problems: Problem[] = [{ code: 'socketio/bad-packet', message, range }];
  const nothing = { type: undefined, namespace: '/', attachments: 0, isRecoverable: false };
  return { ...nothing, summary: 'not understood', fields, problems };
}

function readPrefix(text: string) {
  const isBinary = text.startsWith('5') || text.startsWith('6');
  const match = (isBinary ? PREFIX : DIGIT_PREFIX).exec(text);
  if (!match) return undefined;
  const [, digit = '', ...others] = match;
  const [count, dash, namespace, comma, id] = isBinary ? others : [undefined, undefined, ...others];
  const type = SOCKETIO_TYPES[Number(digit)];
  if (!type || (isBinary && count === undefined)) return undefined;
  const read = (start: number) => {
    const fields: Field[] = [];
    let at = start;
    const push = (
      spec: FieldSpec,
      part: string | undefined,
      value: Field['value'],
      meaning?: string,
    ): void => {
      if (part === undefined) return;
      const range = [at, at + encodeUtf8(part).length] as const;
      fields.push({ spec, range, value, ...(meaning === undefined ? {} : { meaning }) });
      at = range[1];
    };
    push(SOCKETIO.type, digit, Number(digit), type.replace('_', ' '));
    push(SOCKETIO.attachments, count, Number(count));
    push(SOCKETIO.dash, dash, '-');
    push(SOCKETIO.namespace, namespace, namespace ?? '/');
    push(SOCKETIO.comma, comma, ',');
    push(SOCKETIO.ackId, id, Number(id));
    return {
      type,
      fields,
      // A client may add a query to the namespace; it names no other one.
      namespace: namespace?.split('?')[0] ?? '/',
      ackId: id === undefined ? undefined : Number(id),
      attachments: Number(count ?? 0),
    };
  };
  return { at: read };
}

interface Body {
  readonly fields: readonly Field[];
  readonly problems: readonly Problem[];
  readonly event?: string;
}

const CONNECT: ReadonlyMap<string, FieldSpec> = new Map([
  ['sid', SOCKETIO.sid],
  ['pid', SOCKETIO.pid],
  ['offset', SOCKETIO.recoveryOffset],
]);

function dissectBody(
  bytes: Bytes,
  range: ByteRange,
  type: SocketIoType,
  carriesOffset: boolean,
): Body {
  const isEvent = type === 'event' || type === 'binary_event';
  const isList = isEvent || type === 'ack' || type === 'binary_ack';
  if (range[0] === range[1]) return { fields: [], problems: isList ? [badBody(range, type)] : [] };
  const value = readJson(bytes, range)?.value;
  const isOffset = (part: JsonPart, index: number, count: number): boolean =>
    carriesOffset && index > 0 && index === count - 1 && typeof part.value === 'string';
  const json = jsonFields(bytes, range, {
    punctuation: SOCKETIO.punctuation,
    name: SOCKETIO.name,
    value(part, index, count) {
      if (type === 'connect') return CONNECT.get(part.name?.text ?? '') ?? SOCKETIO.auth;
      if (type === 'connect_error') return SOCKETIO.error;
      if (isEvent && index === 0) return SOCKETIO.event;
      return isOffset(part, index, count) ? SOCKETIO.offset : SOCKETIO.argument;
    },
  });
  const first = json?.parts[0];
  const isNamed = typeof first?.value === 'string' || typeof first?.value === 'number';
  const isArray = Array.isArray(value);
  const isText = type === 'connect_error' && typeof value === 'string';
  const isFit = isList ? isArray && (isNamed || !isEvent) : type !== 'disconnect' && !isArray;
  if (isText) {
    return { fields: [{ spec: SOCKETIO.error, range, value }], problems: [] };
  }
  if (!json || !isFit) return unreadBody(bytes, range, type);
  return { ...json, problems: [], ...(isEvent ? { event: String(first?.value) } : {}) };
}

const badBody = (range: ByteRange, type: SocketIoType): Problem => {
  const message = `A packet of type ${type.replace('_', ' ')} may not carry this.`;
  return { code: 'socketio/bad-payload', message, range };
};

function unreadBody(bytes: Bytes, range: ByteRange, type: SocketIoType): Body {
  const value = decodeUtf8(bytes.subarray(range[0], range[1])).text;
  return { fields: [{ spec: SOCKETIO.unread, range, value }], problems: [badBody(range, type)] };
}

export interface SocketIoPacket {
  readonly type: SocketIoType;
  readonly namespace?: string;
  readonly ackId?: number;
  readonly attachments?: number;
  /** The JSON text as it is written; empty for none. */
  readonly json: string;
}

/** What a packet says; `undefined` when it is none. */
export function readSocketIo(bytes: Bytes): SocketIoPacket | undefined {
  const { type, namespace, ackId, attachments, fields, problems } = dissectSocketIo(
    bytes,
    [0, bytes.length],
    () => false,
  );
  if (!type || problems.length > 0) return undefined;
  const prefixEnd = fields.findLast(({ spec }) => PREFIX_FIELDS.has(spec))?.range[1] ?? 0;
  return {
    type,
    namespace,
    ...(ackId === undefined ? {} : { ackId }),
    ...(fields.some(({ spec }) => spec === SOCKETIO.attachments) ? { attachments } : {}),
    json: decodeUtf8(bytes.subarray(prefixEnd)).text,
  };
}

const PREFIX_FIELDS: ReadonlySet<FieldSpec> = new Set([
  SOCKETIO.type,
  SOCKETIO.dash,
  SOCKETIO.namespace,
  SOCKETIO.comma,
  SOCKETIO.ackId,
]);

/** The text of a packet, without its binary attachments. */
export function buildSocketIo(packet: SocketIoPacket): Bytes {
  const { type, namespace = '/', ackId = '', attachments, json } = packet;
  const count = attachments === undefined ? '' : `${attachments}-`;
  const room = namespace === '/' ? '' : `${namespace},`;
  return encodeUtf8(`${SOCKETIO_TYPES.indexOf(type)}${count}${room}${ackId}${json}`);
}
