// Cuts a stream into HTTP/1.1 messages (RFC 9112 §6): where each ends, strictly. Knows nothing of
// what they say beyond that.

import { bodyFraming, chunkSize, type Framing, MAX_BODY } from '../wire/http-body.ts';
import { dissectHead, type HttpHead, latin1 } from '../wire/http-head.ts';
import type { Problem } from '../wire/layer.ts';
import type { ByteStream, Taken } from './byte-stream.ts';

const MAX_HEAD = 1 << 16;
const MAX_CHUNK_LINE = 1 << 10;
/** Every chunk is several fields; a body of tiny ones must not fill the memory. */
const MAX_CHUNKS = 10_000;
const [CR, LF] = [0x0d, 0x0a];

export interface HttpMessage {
  readonly taken: Taken;
  /** Absent where not even the head is one. */
  readonly head?: HttpHead;
  readonly headLength: number;
  readonly framing: Framing['kind'];
  /** The message is not one, or not whole; nothing behind it can be read. */
  readonly failure?: Problem;
}

type Extent =
  | { readonly end: number }
  | { readonly end: number; readonly code: Problem['code']; readonly message: string };

const TRUNCATED = {
  code: 'http/truncated',
  message: 'The bytes end before the message is complete.',
} as const;

/**
 * The next message; `undefined` when the stream ended before it began. `begin` is told the head as
 * soon as it is there and gives the method of the request that the message belongs to.
 */
export function* readHttpMessage(
  stream: ByteStream,
  kind: 'request' | 'response',
  begin: (head: HttpHead) => string | undefined,
): Generator<void, HttpMessage | undefined> {
  if (!(yield* stream.need(1))) return undefined;
  const headLength = yield* stream.find([CR, LF, CR, LF], 0, MAX_HEAD);
  if (headLength === undefined) {
    const isLong = yield* stream.need(MAX_HEAD);
    const taken = stream.take(isLong ? MAX_HEAD : stream.length);
    const tooLong = {
      code: 'http/head-too-long',
      message: `A head has at most ${MAX_HEAD} bytes here.`,
    } as const;
    const failure: Problem = { ...(isLong ? tooLong : TRUNCATED), range: [0, taken.bytes.length] };
    return { taken, headLength: 0, framing: 'none', failure };
  }
  const head = dissectHead(stream.waiting, [0, headLength], kind);
  const [bad] = head.problems;
  if (bad)
    return { taken: stream.take(headLength), head, headLength, framing: 'none', failure: bad };
  const framing = bodyFraming(head, begin(head));
  const extent = yield* findEnd(stream, headLength, framing);
  const taken = stream.take(extent.end);
  const message = { taken, head, headLength, framing: framing.kind };
  if (!('code' in extent)) return message;
  const range = [extent.end > headLength ? headLength : 0, extent.end] as const;
  return { ...message, failure: { code: extent.code, message: extent.message, range } };
}

function* findEnd(stream: ByteStream, start: number, framing: Framing): Generator<void, Extent> {
  if (framing.kind === 'none') return { end: start };
  if (framing.kind === 'invalid') return { end: start, ...framing.problem };
  if (framing.kind === 'chunked') return yield* findLastChunk(stream, start);
  const length = framing.kind === 'length' ? framing.length : MAX_BODY + 1;
  const isWhole = yield* stream.need(start + length);
  if (framing.kind === 'length') {
    return isWhole ? { end: start + length } : { end: stream.length, ...TRUNCATED };
  }
  return isWhole ? tooBig(start + length) : { end: stream.length };
}

const tooBig = (end: number): Extent => {
  const message = `The body is larger than the limit here, ${MAX_BODY} bytes.`;
  return { end, code: 'http/too-big', message };
};

const tooMany = (end: number): Extent => {
  const message = `The body has more than ${MAX_CHUNKS} chunks, the limit here.`;
  return { end, code: 'http/too-many-chunks', message };
};

function* findLastChunk(stream: ByteStream, start: number): Generator<void, Extent> {
  const truncated = (): Extent => ({ end: stream.length, ...TRUNCATED });
  const bad = (end: number): Extent => {
    const message =
      'A chunk must be its size in hexadecimal, a line end, its bytes and a line end.';
    return { end, code: 'http/bad-chunk', message };
  };
  for (let at = start, size = 0, count = 0; ; at += size + 2, count++) {
    if (at - start > MAX_BODY) return tooBig(at);
    if (count > MAX_CHUNKS) return tooMany(at);
    const next = yield* stream.find([CR, LF], at, at + MAX_CHUNK_LINE);
    if (next === undefined) {
      return (yield* stream.need(at + MAX_CHUNK_LINE)) ? bad(at + MAX_CHUNK_LINE) : truncated();
    }
    const parsed = chunkSize(latin1(stream.waiting, [at, next - 2]));
    if (parsed === undefined) return bad(next);
    if (parsed > MAX_BODY) return tooBig(next);
    size = parsed;
    at = next;
    if (size === 0) return yield* findTrailerEnd(stream, at);
    if (!(yield* stream.need(at + size + 2))) return truncated();
    if (latin1(stream.waiting, [at + size, at + size + 2]) !== '\r\n') return bad(at + size + 2);
  }
}

/** Behind the last chunk: trailer lines, if any, and an empty line. */
function* findTrailerEnd(stream: ByteStream, at: number): Generator<void, Extent> {
  // The line end of the last chunk's size may already be the first half of what ends the message.
  const end = yield* stream.find([CR, LF, CR, LF], at - 2, at + MAX_HEAD);
  if (end !== undefined) return { end };
  if (!(yield* stream.need(at + MAX_HEAD))) return { end: stream.length, ...TRUNCATED };
  const message = 'The lines behind the last chunk are too long.';
  return { end: at + MAX_HEAD, code: 'http/head-too-long', message };
}
