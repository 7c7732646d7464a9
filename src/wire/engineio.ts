// One Engine.IO v4 packet, over polling or WebSocket: what it says, and building it. Knows neither
// what carries it nor what a message means.

import { decodeBase64, encodeBase64 } from '../lib/base64.ts';
import { type ByteRange, type Bytes, u8 } from '../lib/bytes.ts';
import { join } from '../lib/join.ts';
import { decodeUtf8, encodeUtf8 } from '../lib/utf8.ts';
import { ENGINEIO, ENGINEIO_TYPES, type EngineIoType } from './engineio-fields.ts';
import { jsonFields } from './json-fields.ts';
import type { Field, FieldSpec, Problem } from './layer.ts';

export interface EngineIoDissection {
  readonly type: EngineIoType | undefined;
  readonly summary: string;
  readonly fields: readonly Field[];
  readonly problems: readonly Problem[];
  /** Where a message's content lies, in the same bytes. */
  readonly content?: ByteRange;
  /** Where base64 lies that has to be undone first. */
  readonly base64?: ByteRange;
  /** The session that an open packet announces. */
  readonly sid?: string;
}

const SEPARATOR = 0x1e;
const BINARY_MARK = 0x62;

/** A body of nothing but separators would be as many packets as bytes. */
const MAX_PACKETS = 10_000;

/** The ranges of the packets in a polling body: what lies between bytes 1e. The last may hold more. */
export function packetRanges(bytes: Bytes, [start, end]: ByteRange): ByteRange[] {
  const ranges: ByteRange[] = [];
  let from = start;
  for (let at = start; at <= end; at++) {
    const isEnd = bytes[at] === SEPARATOR && ranges.length < MAX_PACKETS;
    if (at < end && !isEnd) continue;
    ranges.push([from, at]);
    from = at + 1;
  }
  return ranges;
}

const textOf = (bytes: Bytes, [start, end]: ByteRange): string =>
  decodeUtf8(bytes.subarray(start, end)).text;

/** Total. `range` is one packet as text, without separators. */
export function dissectEngineIo(
  bytes: Bytes,
  range: ByteRange,
  isPolling: boolean,
): EngineIoDissection {
  const [start, end] = range;
  const first = bytes[start] ?? 0;
  const type = start < end ? ENGINEIO_TYPES[first - 0x30] : undefined;
  const rest: ByteRange = [Math.min(start + 1, end), end];
  if (isPolling && start < end && first === BINARY_MARK) return dissectBase64(bytes, start, end);
  if (!type) {
    const message = 'An Engine.IO packet starts with a digit from 0 to 6.';
    const fields: Field[] =
      start < end ? [{ spec: ENGINEIO.unread, range, value: textOf(bytes, range) }] : [];
    const problems: Problem[] = [{ code: 'engineio/bad-type', message, range }];
    return { type, summary: 'not understood', fields, problems };
  }
  const typeField: Field = {
    spec: ENGINEIO.type,
    range: [start, start + 1],
    value: u8(bytes, start) - 0x30,
    meaning: type,
  };
  if (type === 'message') {
    return { type, summary: 'message', fields: [typeField], problems: [], content: rest };
  }
  if (type === 'open') return dissectOpen(bytes, rest, typeField);
  if (start + 1 === end) return { type, summary: type, fields: [typeField], problems: [] };
  const value = textOf(bytes, rest);
  const spec = value === 'probe' ? ENGINEIO.probe : ENGINEIO.data;
  const fields = [typeField, { spec, range: rest, value }];
  return { type, summary: `${type} "${value.slice(0, 40)}"`, fields, problems: [] };
}

function dissectBase64(bytes: Bytes, start: number, end: number): EngineIoDissection {
  const base64: ByteRange = [start + 1, end];
  const fields: Field[] = [
    { spec: ENGINEIO.base64Mark, range: [start, start + 1], value: 'b' },
    { spec: ENGINEIO.base64, range: base64, value: textOf(bytes, base64) },
  ];
  return { type: 'message', summary: 'binary message', fields, problems: [], base64 };
}

const HANDSHAKE: ReadonlyMap<string, FieldSpec> = new Map([
  ['sid', ENGINEIO.sid],
  ['upgrades', ENGINEIO.upgrades],
  ['pingInterval', ENGINEIO.pingInterval],
  ['pingTimeout', ENGINEIO.pingTimeout],
  ['maxPayload', ENGINEIO.maxPayload],
]);

const ERROR: ReadonlyMap<string, FieldSpec> = new Map([
  ['code', ENGINEIO.errorCode],
  ['message', ENGINEIO.errorMessage],
]);

function objectFields(bytes: Bytes, range: ByteRange, names: ReadonlyMap<string, FieldSpec>) {
  return jsonFields(bytes, range, {
    punctuation: ENGINEIO.punctuation,
    name: ENGINEIO.name,
    value: ({ name }) => names.get(name?.text ?? '') ?? ENGINEIO.other,
  });
}

function dissectOpen(bytes: Bytes, range: ByteRange, typeField: Field): EngineIoDissection {
  const json = objectFields(bytes, range, HANDSHAKE);
  const sid = json?.parts.find(({ name }) => name?.text === 'sid')?.value;
  if (json && typeof sid === 'string') {
    const fields = [typeField, ...json.fields];
    return { type: 'open', summary: `open, session ${sid}`, fields, problems: [], sid };
  }
  const message = 'An open packet must carry a JSON object with a session id.';
  const problems: Problem[] = [{ code: 'engineio/bad-handshake', message, range }];
  const fields = [typeField];
  if (range[0] < range[1]) {
    fields.push({ spec: ENGINEIO.unread, range, value: textOf(bytes, range) });
  }
  return { type: 'open', summary: 'open', fields, problems };
}

/** The server's answers that are no packets: `ok` to a POST, and a JSON object when it refuses. */
export function dissectAnswer(bytes: Bytes, range: ByteRange): EngineIoDissection | undefined {
  const value = textOf(bytes, range);
  if (value === 'ok') {
    const fields = [{ spec: ENGINEIO.ok, range, value }];
    return { type: undefined, summary: 'ok', fields, problems: [] };
  }
  const json = objectFields(bytes, range, ERROR);
  const message = json?.parts.find(({ name }) => name?.text === 'message')?.value;
  if (!json || typeof message !== 'string') return undefined;
  return {
    type: undefined,
    summary: `refused: ${message.slice(0, 50)}`,
    fields: json.fields,
    problems: [],
  };
}

/** The field of one parameter of a request's query, where Engine.IO defines it. */
export const QUERY_FIELDS: ReadonlyMap<string, FieldSpec> = new Map([
  ['EIO', ENGINEIO.queryVersion],
  ['transport', ENGINEIO.queryTransport],
  ['sid', ENGINEIO.querySid],
  ['t', ENGINEIO.queryTime],
]);

export type EngineIoPacket =
  | { readonly type: EngineIoType; readonly data: string }
  | { readonly type: 'message'; readonly data: Bytes };

/** What a packet in a polling body says; `undefined` when it is none. */
export function readEngineIo(bytes: Bytes): EngineIoPacket | undefined {
  const { type, base64 } = dissectEngineIo(bytes, [0, bytes.length], true);
  if (base64) {
    const data = decodeBase64(bytes.subarray(base64[0]));
    return data && { type: 'message', data };
  }
  return type && { type, data: decodeUtf8(bytes.subarray(1)).text };
}

/** The mirror of `readEngineIo`: bytes are written as `b` and base64. */
export function buildEngineIo(packet: EngineIoPacket): Bytes {
  const { type, data } = packet;
  if (typeof data === 'string') return encodeUtf8(`${ENGINEIO_TYPES.indexOf(type)}${data}`);
  return encodeUtf8(`b${encodeBase64(data)}`);
}

/** The body of a polling request or response. */
export function buildPayload(packets: readonly EngineIoPacket[]): Bytes {
  return join(
    packets.flatMap((packet, i) => {
      const bytes = buildEngineIo(packet);
      return i > 0 ? [Uint8Array.of(SEPARATOR), bytes] : [bytes];
    }),
  );
}
