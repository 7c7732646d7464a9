// Whether bytes are certainly a JSON text (RFC 8259) in ASCII: seen without making its values. Answers
// "not certain" for whatever is rare, which a real parser then decides.

import type { Bytes } from './bytes.ts';

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [LIST, LIST_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];
const [MINUS, PLUS, DOT, ZERO, NINE] = [0x2d, 0x2b, 0x2e, 0x30, 0x39];
/** Deeper texts are left to the parser. */
const MAX_DEPTH = 64;
const NOT_CERTAIN = -1;

/** Of `[from, to)`. */
export function isPlainJson(bytes: Bytes, from: number, to: number): boolean {
  const end = valueEnd(bytes, from, to, 0);
  return end !== NOT_CERTAIN && blankEnd(bytes, end, to) === to;
}

/** Behind a string of printable ASCII whose opening quote is at `at`; -1 where that is not certain. */
export function plainStringEnd(bytes: Bytes, at: number, to: number): number {
  for (let i = at + 1; i < to; i++) {
    const byte = bytes[i] as number;
    if (byte === QUOTE) return i + 1;
    if (byte < 0x20 || byte > 0x7e) return NOT_CERTAIN;
    if (byte !== BACKSLASH) continue;
    i++;
    if (i >= to || !isEscape(bytes[i] as number)) return NOT_CERTAIN;
  }
  return NOT_CERTAIN;
}

const ESCAPES: ReadonlySet<number> = new Set(Array.from('"\\/bfnrt', (one) => one.charCodeAt(0)));
const isEscape = (byte: number): boolean => ESCAPES.has(byte);

function blankEnd(bytes: Bytes, from: number, to: number): number {
  let at = from;
  while (at < to) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
    at++;
  }
  return at;
}

function valueEnd(bytes: Bytes, from: number, to: number, depth: number): number {
  const at = blankEnd(bytes, from, to);
  if (at >= to || depth > MAX_DEPTH) return NOT_CERTAIN;
  const byte = bytes[at] as number;
  if (byte === QUOTE) return plainStringEnd(bytes, at, to);
  if (byte === OBJECT) return objectEnd(bytes, at + 1, to, depth + 1);
  if (byte === LIST) return listEnd(bytes, at + 1, to, depth + 1);
  if (byte === MINUS || isDigit(byte)) return numberEnd(bytes, at, to);
  return wordEnd(bytes, at, to);
}

function listEnd(bytes: Bytes, from: number, to: number, depth: number): number {
  let at = blankEnd(bytes, from, to);
  if (bytes[at] === LIST_END && at < to) return at + 1;
  for (;;) {
    at = valueEnd(bytes, at, to, depth);
    if (at === NOT_CERTAIN) return NOT_CERTAIN;
    at = blankEnd(bytes, at, to);
    if (at >= to) return NOT_CERTAIN;
    if (bytes[at] === LIST_END) return at + 1;
    if (bytes[at] !== COMMA) return NOT_CERTAIN;
    at++;
  }
}

function objectEnd(bytes: Bytes, from: number, to: number, depth: number): number {
  let at = blankEnd(bytes, from, to);
  if (bytes[at] === OBJECT_END && at < to) return at + 1;
  for (;;) {
    at = blankEnd(bytes, at, to);
    if (at >= to || bytes[at] !== QUOTE) return NOT_CERTAIN;
    at = plainStringEnd(bytes, at, to);
    if (at === NOT_CERTAIN) return NOT_CERTAIN;
    at = blankEnd(bytes, at, to);
    if (at >= to || bytes[at] !== COLON) return NOT_CERTAIN;
    at = valueEnd(bytes, at + 1, to, depth);
    if (at === NOT_CERTAIN) return NOT_CERTAIN;
    at = blankEnd(bytes, at, to);
    if (at >= to) return NOT_CERTAIN;
    if (bytes[at] === OBJECT_END) return at + 1;
    if (bytes[at] !== COMMA) return NOT_CERTAIN;
    at++;
  }
}

const isDigit = (byte: number | undefined): boolean =>
  byte !== undefined && byte >= ZERO && byte <= NINE;

/** Behind at least one digit. */
function digitsEnd(bytes: Bytes, from: number, to: number): number {
  let at = from;
  while (at < to && isDigit(bytes[at])) at++;
  return at > from ? at : NOT_CERTAIN;
}

function numberEnd(bytes: Bytes, from: number, to: number): number {
  const first = bytes[from] === MINUS ? from + 1 : from;
  const isZero = first < to && bytes[first] === ZERO;
  let at = isZero ? first + 1 : digitsEnd(bytes, first, to);
  if (at !== NOT_CERTAIN && at < to && bytes[at] === DOT) at = digitsEnd(bytes, at + 1, to);
  if (at === NOT_CERTAIN || at >= to || ((bytes[at] as number) | 0x20) !== 0x65) return at;
  const sign = bytes[at + 1];
  return digitsEnd(bytes, sign === MINUS || sign === PLUS ? at + 2 : at + 1, to);
}

const WORDS = ['true', 'false', 'null'].map((word) => Array.from(word, (c) => c.charCodeAt(0)));

function wordEnd(bytes: Bytes, at: number, to: number): number {
  for (const word of WORDS) {
    if (at + word.length <= to && word.every((code, i) => bytes[at + i] === code)) {
      return at + word.length;
    }
  }
  return NOT_CERTAIN;
}
