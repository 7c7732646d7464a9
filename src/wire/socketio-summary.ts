// What a Socket.IO packet says in a few words, and a quick way to them for the commonest packets: events
// and acknowledgements without binary data. What the quick way is not certain of, it leaves alone.

import type { Bytes } from '../lib/bytes.ts';
import { isPlainJson, plainStringEnd } from '../lib/plain-json.ts';
import type { SocketIoType } from './socketio-fields.ts';

/** `event "note" id 7 in /chat`; any packet without an event is named by its type. */
export function socketIoWords(
  type: SocketIoType,
  event: string | undefined,
  ackId: number | undefined,
  namespace: string,
): string {
  const words = event === undefined ? type.replace('_', ' ') : `event "${event.slice(0, 40)}"`;
  return `${words}${ackId === undefined ? '' : ` id ${ackId}`}${namespace === '/' ? '' : ` in ${namespace.slice(0, 20)}`}`;
}

const [EVENT, ACK, SLASH, COMMA, QUERY, LIST, QUOTE, BACKSLASH] = [
  0x32, 0x33, 0x2f, 0x2c, 0x3f, 0x5b, 0x22, 0x5c,
];
/** As many digits as an id may have. */
const MAX_DIGITS = 15;

/** The words for the packet `[from, to)`; `undefined` where the whole dissection has to say them. */
export function quickWords(bytes: Bytes, from: number, to: number): string | undefined {
  const type = bytes[from];
  if (type !== EVENT && type !== ACK) return undefined;
  const comma = bytes[from + 1] === SLASH ? namespaceEnd(bytes, from + 1, to) : from;
  if (comma === undefined || comma - from > MAX_NAME) return undefined;
  let at = comma + 1;
  let id = 0;
  const firstDigit = at;
  for (; at < to; at++) {
    const digit = (bytes[at] as number) - 0x30;
    if (digit < 0 || digit > 9) break;
    id = id * 10 + digit;
  }
  const hasId = at > firstDigit;
  if (at - firstDigit > MAX_DIGITS || at >= to || bytes[at] !== LIST) return undefined;
  if (!isPlainJson(bytes, at, to)) return undefined;
  const namespace = comma === from ? '/' : textOf(bytes, from + 1, comma);
  const ackId = hasId ? id : undefined;
  if (type === ACK) return socketIoWords('ack', undefined, ackId, namespace);
  const end = bytes[at + 1] === QUOTE ? plainStringEnd(bytes, at + 1, to) : -1;
  if (end < 0) return undefined;
  if (!hasId && namespace === '/') return eventWords(bytes, at + 2, end - 1);
  const name = plainName(bytes, at + 2, end - 1);
  return name === undefined ? undefined : socketIoWords('event', name, ackId, namespace);
}

/** Where the comma behind the namespace is. One with a query is left alone. */
function namespaceEnd(bytes: Bytes, from: number, to: number): number | undefined {
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    if (byte === COMMA) return at;
    if (byte < 0x20 || byte > 0x7e || byte === QUERY) return undefined;
  }
  return undefined;
}

const textOf = (bytes: Bytes, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

/** Longer names are left alone. */
const MAX_NAME = 200;

function plainName(bytes: Bytes, from: number, to: number): string | undefined {
  if (to - from > MAX_NAME) return undefined;
  for (let at = from; at < to; at++) if (bytes[at] === BACKSLASH) return undefined;
  return textOf(bytes, from, to);
}

/** Words made before, by a hash of the event's name: programs send the same few names again and again. */
const SLOTS = 256;
const made: ({ readonly name: string; readonly words: string } | undefined)[] = [];

function eventWords(bytes: Bytes, from: number, to: number): string | undefined {
  let hash = 0;
  for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0;
  const slot = hash & (SLOTS - 1);
  const known = made[slot];
  if (known && isName(bytes, from, to, known.name)) return known.words;
  const name = plainName(bytes, from, to);
  if (name === undefined) return undefined;
  const words = socketIoWords('event', name, undefined, '/');
  made[slot] = { name, words };
  return words;
}

function isName(bytes: Bytes, from: number, to: number, name: string): boolean {
  if (to - from !== name.length) return false;
  for (let at = from; at < to; at++) if (bytes[at] !== name.charCodeAt(at - from)) return false;
  return true;
}
