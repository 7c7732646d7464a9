// Where an HTTP/1.1 body ends and what it says once chunks and compression are undone (RFC 9112 §6,
// §7; RFC 9110 §8.4). Knows nothing of what the body means.

import { Gunzip, Inflate, Unzlib } from 'fflate';
import type { ByteRange, Bytes } from '../lib/bytes.ts';
import { join } from '../lib/join.ts';
import { sizeText } from '../lib/size.ts';
import { HTTP } from './http-fields.ts';
import { type HttpHead, headerValue, latin1 } from './http-head.ts';
import type { Field, Problem } from './layer.ts';

/** A body that says it is larger than this is refused; labs send and accept at most 1 MB. */
export const MAX_BODY = 1 << 23;
/** A small compressed body can swell a thousandfold; nobody needs to see more than this. */
const MAX_INFLATED = 1 << 22;

export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until-close' }
  | { readonly kind: 'invalid'; readonly problem: Omit<Problem, 'range'> };

const invalid = (code: Problem['code'], message: string): Framing => ({
  kind: 'invalid',
  problem: { code, message },
});

/** RFC 9112 §6.3. `method` is the request's, which decides whether a response may have a body. */
export function bodyFraming(head: HttpHead, method: string | undefined): Framing {
  const { start } = head;
  if (start?.kind === 'response') {
    const { code } = start;
    if (method === 'HEAD' || code < 200 || code === 204 || code === 304) return { kind: 'none' };
  }
  const coding = headerValue(head, 'transfer-encoding');
  const length = headerValue(head, 'content-length');
  if (coding !== undefined && length !== undefined) {
    const message = 'Content-Length and Transfer-Encoding disagree on where the body ends.';
    return invalid('http/ambiguous-length', message);
  }
  if (coding !== undefined) {
    if (coding.toLowerCase() === 'chunked') return { kind: 'chunked' };
    return invalid(
      'http/unknown-transfer-encoding',
      'Only the transfer encoding “chunked” is known here.',
    );
  }
  if (length === undefined) return { kind: start?.kind === 'response' ? 'until-close' : 'none' };
  const lengths = new Set(length.split(',').map((text) => text.trim()));
  if (lengths.size !== 1 || !/^\d{1,15}$/.test([...lengths][0] ?? '')) {
    return invalid('http/bad-content-length', 'Content-Length must be one whole number.');
  }
  const bytes = Number([...lengths][0]);
  if (bytes <= MAX_BODY) return { kind: 'length', length: bytes };
  return invalid('http/too-big', `The body claims ${bytes} bytes; the limit here is ${MAX_BODY}.`);
}

const CHUNK_LINE = /^([0-9A-Fa-f]{1,8})((?:[ \t]*;.*)?)$/;

/** The size that a chunk's line announces, or `undefined` when it is no such line. */
export function chunkSize(line: string): number | undefined {
  const digits = CHUNK_LINE.exec(line)?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}

/** A complete chunked body, already known to be well formed: its fields, and the bytes inside. */
export function dissectChunks(
  bytes: Bytes,
  [start, end]: ByteRange,
): { readonly fields: readonly Field[]; readonly body: Bytes } {
  const fields: Field[] = [];
  const pieces: Bytes[] = [];
  const lineEnd = (at: number): void => {
    fields.push({ spec: HTTP.chunkLineEnd, range: [at, at + 2], value: 'CR LF' });
  };
  let at = start;
  for (let size = 1; size > 0 && at < end; ) {
    const stop = bytes.indexOf(0x0d, at);
    if (stop < 0) break;
    const line = latin1(bytes, [at, stop]);
    const digits = /^[0-9A-Fa-f]*/.exec(line)?.[0].length ?? 0;
    size = chunkSize(line) ?? 0;
    fields.push({ spec: HTTP.chunkSize, range: [at, at + digits], value: size });
    if (at + digits < stop) {
      const value = latin1(bytes, [at + digits, stop]);
      fields.push({ spec: HTTP.chunkExtension, range: [at + digits, stop], value });
    }
    lineEnd(stop);
    at = stop + 2;
    if (size === 0) break;
    fields.push({ spec: HTTP.chunkData, range: [at, at + size], value: sizeText(size) });
    pieces.push(bytes.subarray(at, at + size));
    lineEnd(at + size);
    at += size + 2;
  }
  if (at < end) pushTrailers(bytes, [at, end], fields);
  return { fields, body: join(pieces) };
}

/** Header lines may follow the last chunk (RFC 9112 §7.1.2); an empty line ends the message. */
function pushTrailers(bytes: Bytes, [start, end]: ByteRange, fields: Field[]): void {
  if (end - 2 > start) {
    const value = latin1(bytes, [start, end - 2]);
    fields.push({ spec: HTTP.headerValue, range: [start, end - 2], value });
  }
  fields.push({ spec: HTTP.headEnd, range: [Math.max(start, end - 2), end], value: 'CR LF' });
}

/** How to undo each Content-Encoding. Some servers send `deflate` without zlib's frame. */
function inflaterFor(coding: string, first: number): Inflate | Unzlib | Gunzip | undefined {
  if (coding === 'gzip' || coding === 'x-gzip') return new Gunzip();
  if (coding !== 'deflate') return undefined;
  return (first & 0x0f) === 8 ? new Unzlib() : new Inflate();
}

/** The input is fed in pieces so that a bomb is noticed before it has been blown up whole. */
const STEP = 1 << 12;

/** Undoes a Content-Encoding; `undefined` for an unknown one, a broken body or too much output. */
export function inflate(body: Bytes, coding: string): Bytes | undefined {
  const pieces: Bytes[] = [];
  let size = 0;
  let isDone = false;
  const inflater = inflaterFor(coding.trim().toLowerCase(), body[0] ?? 0);
  if (!inflater) return undefined;
  inflater.ondata = (piece, final) => {
    pieces.push(piece);
    size += piece.length;
    isDone ||= final;
  };
  try {
    for (let at = 0; at < body.length && size <= MAX_INFLATED; at += STEP) {
      inflater.push(body.subarray(at, at + STEP), at + STEP >= body.length);
    }
  } catch {
    return undefined;
  }
  if (size > MAX_INFLATED || !isDone) return undefined;
  return join(pieces);
}
