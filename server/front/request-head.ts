// One request head, read strictly: request line, and the headers that decide where the body ends.

import type { Bytes } from '../../src/lib/bytes.ts';

export const MAX_HEAD = 16_384;

export interface Head {
  readonly method: string;
  /** Origin form only: a path, with its query (RFC 9112 §3.2.1). */
  readonly target: string;
  readonly isUpgrade: boolean;
  /** Bytes of the body, or that it says so itself. */
  readonly body: number | 'chunked';
}

export type ParsedHead =
  | { readonly ok: true; readonly head: Head }
  | { readonly ok: false; readonly why: string };

const REQUEST_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) (\/[\x21-\x7e]*) HTTP\/1\.1$/;
const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):(.*)$/;

/** `bytes` is everything up to and with the empty line. */
export function parseHead(bytes: Bytes): ParsedHead {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  // Bare CR or LF, and NUL, are line ends for some readers and not for others (RFC 9112 §2.2).
  if (/\r(?!\n)|(?<!\r)\n|\0/.test(text)) return refused('a line does not end with CR LF');
  const [first = '', ...lines] = text.slice(0, -4).split('\r\n');
  const request = REQUEST_LINE.exec(first);
  if (!request) return refused('the request line is malformed');
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    // Continued lines were abolished because readers disagree on them (RFC 9112 §5.2).
    const header = HEADER.exec(line);
    if (!header) return refused('a header line is malformed');
    const name = (header[1] ?? '').toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), trimmed(header[2] ?? '')]);
  }
  if (headers.get('host')?.length !== 1) return refused('there is not exactly one Host header');
  const body = bodyOf(headers);
  if (typeof body === 'object') return body;
  const [, method = '', target = ''] = request;
  return { ok: true, head: { method, target, isUpgrade: isUpgrade(headers), body } };
}

/** Without the spaces and tabs around it, and no other white space (RFC 9110 §5.6.3), in linear time. */
function trimmed(value: string): string {
  const isSpace = (at: number): boolean => value[at] === ' ' || value[at] === '\t';
  let start = 0;
  let end = value.length;
  while (start < end && isSpace(start)) start++;
  while (end > start && isSpace(end - 1)) end--;
  return value.slice(start, end);
}

/** RFC 9112 §6.3; both ways of saying the length at once are request smuggling (§11.2). */
function bodyOf(headers: ReadonlyMap<string, readonly string[]>): Head['body'] | ParsedHead {
  const coding = headers.get('transfer-encoding');
  const length = headers.get('content-length');
  if (coding && length) return refused('both Transfer-Encoding and Content-Length are given');
  if (coding) {
    const isChunked = coding.length === 1 && coding[0]?.toLowerCase() === 'chunked';
    return isChunked ? 'chunked' : refused('the Transfer-Encoding is not "chunked"');
  }
  if (!length) return 0;
  const [text = ''] = length;
  if (length.length !== 1 || !/^\d{1,10}$/.test(text))
    return refused('the Content-Length is malformed');
  return Number(text);
}

const isUpgrade = (headers: ReadonlyMap<string, readonly string[]>): boolean =>
  headers.has('upgrade') &&
  (headers.get('connection') ?? []).some((value) => /(?:^|,)\s*upgrade\s*(?:,|$)/i.test(value));

const refused = (why: string): ParsedHead => ({ ok: false, why });
