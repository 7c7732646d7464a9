// What to do with a stream that cannot be read from its start, or no further. Explains no byte.

import { sizeText } from '../lib/size.ts';
import { HTTP } from '../wire/http-fields.ts';
import { latin1 } from '../wire/http-head.ts';
import { WEBSOCKET } from '../wire/websocket-fields.ts';
import type { ByteStream, Taken } from './byte-stream.ts';
import { FrameDraft } from './frame-draft.ts';

/** Longer rests become several frames, so that none is unbounded. */
const MAX_REST = 1 << 20;

const HTTP_START = /^(HTTP\/1\.|(GET|POST|PUT|HEAD|DELETE|OPTIONS|PATCH) )/;
const LONGEST_START = 8;

/**
 * What a stream speaks whose beginning was not seen. A chunk nearly always begins with a message, so
 * it is HTTP when it looks like it; WebSocket's own rules decide about the rest.
 */
export function* guessProtocol(stream: ByteStream): Generator<void, 'http' | 'websocket'> {
  yield* stream.need(1);
  const start = latin1(stream.waiting, [0, Math.min(LONGEST_START, stream.length)]);
  return start === '' || HTTP_START.test(start) ? 'http' : 'websocket';
}

/** Everything that still comes, as one frame when the stream ends. */
export function* readRest(
  stream: ByteStream,
  protocol: 'http' | 'websocket',
  emit: (taken: Taken, draft: FrameDraft) => void,
): Generator<void, void> {
  for (;;) {
    const isMore = yield* stream.need(MAX_REST);
    if (stream.length === 0) return;
    const taken = stream.take(isMore ? MAX_REST : stream.length);
    const range = [0, taken.bytes.length] as const;
    const code = protocol === 'http' ? 'http/out-of-step' : 'websocket/out-of-step';
    const spec = protocol === 'http' ? HTTP.unread : WEBSOCKET.unread;
    const message = 'These bytes came after others that could not be understood.';
    const draft = new FrameDraft(taken.bytes);
    draft.addLayer({
      protocol,
      source: 0,
      range,
      summary: `not understood, ${sizeText(range[1])}`,
      fields: [{ spec, range, value: sizeText(range[1]) }],
      problems: [{ code, message, range }],
    });
    emit(taken, draft);
  }
}
