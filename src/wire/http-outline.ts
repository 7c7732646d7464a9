// The few things of an HTTP/1.1 head that say where its message ends and what its first line is: read in
// one pass, without fields. Gives up on a head in which anything is rare or wrong.

import type { Bytes } from '../lib/bytes.ts';
import { MAX_BODY } from './http-body.ts';
import { type HttpHead, latin1, readStartLine } from './http-head.ts';

type StartLine = NonNullable<HttpHead['start']>;

export interface HttpOutline {
  readonly start: StartLine;
  /** Behind the empty line. */
  readonly end: number;
  readonly contentLength?: number;
  /** Both are there only together. */
  readonly connection?: string;
  readonly upgrade?: string;
}

const [CR, LF, COLON, SPACE, TAB] = [0x0d, 0x0a, 0x3a, 0x20, 0x09];
/** A longer head is left alone. */
const MAX_HEAD = 1 << 14;

/** 1 for each byte that a header's name may have (RFC 9110 §5.6.2). */
const TOKEN = new Uint8Array(256);
for (let byte = 0x21; byte < 0x7f; byte++) {
  if (/[!#$%&'*+\-.^_`|~0-9A-Za-z]/.test(String.fromCharCode(byte))) TOKEN[byte] = 1;
}

/** Where the values lie that matter; -1 where there is none. */
interface Marks {
  at: number;
  length: number;
  connectionFrom: number;
  connectionTo: number;
  upgradeFrom: number;
  upgradeTo: number;
}

/** As many first lines are kept as programs take turns with. */
const LINES_KEPT = 4;

/** Reads the heads of one direction, one after the other. */
export class OutlineReader {
  readonly #kind: 'request' | 'response';
  /** Lines that were read, the last in front. */
  readonly #lines: { readonly line: Bytes; readonly start: StartLine }[] = [];

  constructor(kind: 'request' | 'response') {
    this.#kind = kind;
  }

  /** The head that begins at `from`. */
  read(bytes: Bytes, from: number): HttpOutline | 'incomplete' | 'unsure' {
    const lineEnd = findLineEnd(bytes, from);
    if (lineEnd === 'incomplete') return bytes.length - from > MAX_HEAD ? 'unsure' : lineEnd;
    if (lineEnd === 'unsure') return lineEnd;
    const marks: Marks = {
      at: lineEnd + 2,
      length: -1,
      connectionFrom: -1,
      connectionTo: -1,
      upgradeFrom: -1,
      upgradeTo: -1,
    };
    for (;;) {
      const next = readLine(bytes, marks);
      if (next === 'more') continue;
      if (next === 'unsure') return next;
      if (next === 'incomplete') return bytes.length - from > MAX_HEAD ? 'unsure' : next;
      break;
    }
    const start = this.#startOf(bytes, from, lineEnd);
    return start ? outlineOf(bytes, start, marks) : 'unsure';
  }

  /** The same line gives the same object. */
  #startOf(bytes: Bytes, from: number, to: number): StartLine | undefined {
    for (const { line, start } of this.#lines) if (isAt(bytes, from, to, line)) return start;
    const start = readStartLine(latin1(bytes, [from, to]), this.#kind);
    if (!start) return undefined;
    this.#lines.unshift({ line: bytes.subarray(from, to), start });
    if (this.#lines.length > LINES_KEPT) this.#lines.pop();
    return start;
  }
}

function isAt(bytes: Bytes, from: number, to: number, line: Bytes): boolean {
  if (line.length !== to - from) return false;
  for (let i = 0; i < line.length; i++) if (line[i] !== bytes[from + i]) return false;
  return true;
}

function outlineOf(bytes: Bytes, start: StartLine, marks: Marks): HttpOutline {
  const { at, length, connectionFrom, connectionTo, upgradeFrom, upgradeTo } = marks;
  const outline = length < 0 ? { start, end: at } : { start, end: at, contentLength: length };
  if (connectionFrom < 0 || upgradeFrom < 0) return outline;
  const connection = latin1(bytes, [connectionFrom, connectionTo]);
  return { ...outline, connection, upgrade: latin1(bytes, [upgradeFrom, upgradeTo]) };
}

/** Where CR LF stands, of which neither may stand alone. */
function findLineEnd(bytes: Bytes, from: number): number | 'incomplete' | 'unsure' {
  for (let at = from; at + 1 < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === LF) return 'unsure';
    if (byte === CR) return bytes[at + 1] === LF ? at : 'unsure';
  }
  return 'incomplete';
}

/** The header line at `marks.at`, which is then behind it. `end`: it was the empty line. */
function readLine(bytes: Bytes, marks: Marks): 'more' | 'end' | 'incomplete' | 'unsure' {
  const from = marks.at;
  const size = bytes.length;
  if (from + 1 >= size) return 'incomplete';
  if (bytes[from] === CR) {
    if (bytes[from + 1] !== LF) return 'unsure';
    marks.at = from + 2;
    return 'end';
  }
  let at = from;
  while (at < size && TOKEN[bytes[at] as number] === 1) at++;
  if (at >= size) return 'incomplete';
  if (bytes[at] !== COLON || at === from) return 'unsure';
  const colon = at++;
  while (at < size && ((bytes[at] as number) >= SPACE || bytes[at] === TAB)) at++;
  if (at + 1 >= size) return 'incomplete';
  if (bytes[at] !== CR || bytes[at + 1] !== LF) return 'unsure';
  marks.at = at + 2;
  return noteHeader(bytes, from, colon, at, marks) ? 'more' : 'unsure';
}

const isBlank = (byte: number | undefined): boolean => byte === SPACE || byte === TAB;

/** Keeps the values that matter; `false` for one that makes the message rare. */
function noteHeader(bytes: Bytes, from: number, colon: number, end: number, marks: Marks): boolean {
  const length = colon - from;
  if (length !== 14 && length !== 10 && length !== 7 && length !== 16 && length !== 17) return true;
  if (length === 17) return !isName(bytes, from, 'transfer-encoding');
  if (length === 16) return !isName(bytes, from, 'content-encoding');
  let start = colon + 1;
  while (start < end && isBlank(bytes[start])) start++;
  let stop = end;
  while (stop > start && isBlank(bytes[stop - 1])) stop--;
  if (length === 14) {
    if (!isName(bytes, from, 'content-length')) return true;
    if (marks.length >= 0) return false;
    marks.length = numberOf(bytes, start, stop);
    return marks.length >= 0;
  }
  if (length === 7 && isName(bytes, from, 'upgrade')) {
    if (marks.upgradeFrom >= 0) return false;
    marks.upgradeFrom = start;
    marks.upgradeTo = stop;
  } else if (length === 10 && isName(bytes, from, 'connection')) {
    if (marks.connectionFrom >= 0) return false;
    marks.connectionFrom = start;
    marks.connectionTo = stop;
  }
  return true;
}

/** `name` is in lower case. */
function isName(bytes: Bytes, from: number, name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    if (((bytes[from + i] as number) | 0x20) !== name.charCodeAt(i)) return false;
  }
  return true;
}

/** -1 for what is no plain number, or too large. */
function numberOf(bytes: Bytes, from: number, to: number): number {
  if (from === to || to - from > 8) return -1;
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] as number) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value <= MAX_BODY ? value : -1;
}
