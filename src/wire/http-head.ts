// The head of an HTTP/1.1 message: first line and header lines (RFC 9112 §2 to §5), strictly. Knows
// nothing of bodies.

import type { ByteRange, Bytes } from '../lib/bytes.ts';
import { HTTP } from './http-fields.ts';
import { HEADER_VALUES } from './http-headers.ts';
import type { Field, FieldSpec, Problem } from './layer.ts';

export interface RequestLine {
  readonly kind: 'request';
  readonly method: string;
  readonly target: string;
}

export interface StatusLine {
  readonly kind: 'response';
  readonly code: number;
  readonly phrase: string;
}

export interface Header {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
}

export interface HttpHead {
  readonly start: RequestLine | StatusLine | undefined;
  readonly headers: readonly Header[];
  readonly fields: readonly Field[];
  readonly problems: readonly Problem[];
}

const REQUEST_LINE = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) ([^ ]+) (HTTP\/1\.[01])$/;
const STATUS_LINE = /^(HTTP\/1\.[01]) (\d{3})(?: (.*))?$/s;
const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const [CR, LF, SPACE, TAB] = [0x0d, 0x0a, 0x20, 0x09];

/** One character a byte, as heads are written (RFC 9112 §2.2). */
export function latin1(bytes: Bytes, [start, end]: ByteRange): string {
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}

/** All values of a header, joined by commas as RFC 9110 §5.3 allows; `undefined` when absent. */
export function headerValue(head: HttpHead, name: string): string | undefined {
  const values = head.headers.filter((header) => header.name === name).map(({ value }) => value);
  return values.length > 0 ? values.join(', ') : undefined;
}

/**
 * Total: whatever is no head becomes a problem, after which nothing in the stream can be trusted.
 * `range` ends behind the empty line.
 */
export function dissectHead(
  bytes: Bytes,
  range: ByteRange,
  kind: 'request' | 'response',
): HttpHead {
  const fields: Field[] = [];
  const problems: Problem[] = [];
  const headers: Header[] = [];
  let start: HttpHead['start'];
  for (let at = range[0], first = true; at < range[1]; first = false) {
    const end = lineEnd(bytes, at, range[1]);
    const next = Math.min(end + 2, range[1]);
    if (first) start = startLine(bytes, [at, end], kind, fields);
    else if (end > at) pushHeader(bytes, [at, end], fields, headers, problems);
    if (first && !start) {
      const message = `The first line is not a ${kind === 'request' ? 'request line' : 'status line'} of HTTP/1.1.`;
      problems.push({ code: 'http/bad-start-line', message, range: [at, end] });
      fields.push({ spec: HTTP.unread, range: [at, end], value: latin1(bytes, [at, end]) });
    }
    const isEmpty = !first && end === at;
    if (next > end) pushLineEnd(isEmpty ? HTTP.headEnd : HTTP.lineEnd, [end, next], fields);
    at = next;
  }
  return { start, headers, fields, problems };
}

const pushLineEnd = (spec: FieldSpec, range: ByteRange, fields: Field[]): void => {
  fields.push({ spec, range, value: 'CR LF' });
};

/** Where the line's own bytes end: at CR LF, or at `limit`. */
function lineEnd(bytes: Bytes, start: number, limit: number): number {
  for (let at = start; at + 1 < limit; at++) {
    if (bytes[at] === CR && bytes[at + 1] === LF) return at;
  }
  return limit;
}

type StartParts = readonly [first: string, second: string, third: string | undefined];

function startParts(line: string, kind: 'request' | 'response'): StartParts | undefined {
  const [, a = '', b = '', c] = (kind === 'request' ? REQUEST_LINE : STATUS_LINE).exec(line) ?? [];
  return a === '' ? undefined : [a, b, c];
}

/** The first line, without its end; `undefined` when it is none. */
export function readStartLine(line: string, kind: 'request' | 'response'): HttpHead['start'] {
  const parts = startParts(line, kind);
  if (!parts) return undefined;
  const [a, b, c] = parts;
  if (kind === 'request') return { kind, method: a, target: b };
  return { kind, code: Number(b), phrase: c ?? '' };
}

function startLine(
  bytes: Bytes,
  range: ByteRange,
  kind: 'request' | 'response',
  fields: Field[],
): HttpHead['start'] {
  const line = latin1(bytes, range);
  const parts = startParts(line, kind);
  if (!parts) return undefined;
  const [a, b, c] = parts;
  let at = range[0];
  const push = (spec: FieldSpec, text: string, value: Field['value'] = text): void => {
    fields.push({ spec, range: [at, at + text.length], value });
    at += text.length;
  };
  if (kind === 'request') {
    push(HTTP.method, a);
    push(HTTP.space, ' ');
    push(HTTP.uri, b);
    push(HTTP.space, ' ');
    push(HTTP.requestVersion, c ?? '');
    return readStartLine(line, kind);
  }
  push(HTTP.responseVersion, a);
  push(HTTP.space, ' ');
  push(HTTP.code, b, Number(b));
  if (c !== undefined) push(HTTP.space, ' ');
  if (c) push(HTTP.phrase, c);
  return readStartLine(line, kind);
}

const isBlank = (byte: number | undefined): boolean => byte === SPACE || byte === TAB;

function pushHeader(
  bytes: Bytes,
  [start, end]: ByteRange,
  fields: Field[],
  headers: Header[],
  problems: Problem[],
): void {
  const colon = bytes.subarray(start, end).indexOf(0x3a) + start;
  const name = latin1(bytes, [start, Math.max(colon, start)]);
  let from = colon + 1;
  while (from < end && isBlank(bytes[from])) from++;
  let to = end;
  while (to > from && isBlank(bytes[to - 1])) to--;
  const value = latin1(bytes, [from, to]);
  const hasControls = bytes.subarray(from, to).some((byte) => byte < SPACE && byte !== TAB);
  if (colon < start || !HEADER_NAME.test(name) || hasControls) {
    const message = 'A header line must be a name, a colon and a value.';
    problems.push({ code: 'http/bad-header', message, range: [start, end] });
    fields.push({ spec: HTTP.unread, range: [start, end], value: latin1(bytes, [start, end]) });
    return;
  }
  const spec = HEADER_VALUES.get(name.toLowerCase()) ?? HTTP.headerValue;
  fields.push(
    { spec: HTTP.headerName, range: [start, colon], value: name },
    { spec: HTTP.colon, range: [colon, from], value: ':' },
  );
  // Blanks after the value are no part of it (RFC 9112 §5), but they are bytes; nobody sends them.
  if (to > from || end > to) fields.push({ spec, range: [from, end], value });
  headers.push({ name: name.toLowerCase(), value });
}
