// What Engine.IO and Socket.IO packets say in a few words, without their fields. Leaves binary data to
// those who know the session.

import type { ByteRange, Bytes } from '../lib/bytes.ts';
import { dissectAnswer, dissectEngineIo, packetRanges } from '../wire/engineio.ts';
import type { Protocol } from '../wire/layer.ts';
import { dissectSocketIo } from '../wire/socketio.ts';
import { quickWords } from '../wire/socketio-summary.ts';
import type { BodyUse } from './http-frame.ts';

/** A message's words, and the innermost protocol in it. */
export interface Said {
  readonly protocol: Protocol;
  readonly words: string;
}

const [MESSAGE, BASE64, FIRST_BINARY, LAST_BINARY] = [0x34, 0x62, 0x35, 0x36];

/** One packet as text; `undefined` where binary data is or will be. */
export function packetWords(
  bytes: Bytes,
  from: number,
  to: number,
  isPolling: boolean,
): Said | undefined {
  const first = from < to ? (bytes[from] as number) : -1;
  if (isPolling && first === BASE64) return undefined;
  if (first !== MESSAGE) {
    return { protocol: 'engineio', words: dissectEngineIo(bytes, [from, to], isPolling).summary };
  }
  const type = from + 1 < to ? (bytes[from + 1] as number) : -1;
  if (type >= FIRST_BINARY && type <= LAST_BINARY) return undefined;
  const words =
    quickWords(bytes, from + 1, to) ?? dissectSocketIo(bytes, [from + 1, to], () => false).summary;
  return { protocol: 'socketio', words };
}

/** An HTTP message whose body is what `use` says; `undefined` as above. */
export function messageWords(
  bytes: Bytes,
  body: ByteRange,
  use: BodyUse,
  summary: string,
): Said | undefined {
  const alone: Said = { protocol: 'http', words: summary };
  if (body[0] === body[1] || use === 'application') return alone;
  if (use === 'answer') {
    const answer = dissectAnswer(bytes, body);
    return answer ? { protocol: 'engineio', words: `${summary}: ${answer.summary}` } : alone;
  }
  let all = '';
  let protocol: Protocol = 'engineio';
  for (const [from, to] of packetRanges(bytes, body)) {
    const said = packetWords(bytes, from, to, true);
    if (!said) return undefined;
    all = all === '' ? said.words : `${all}, ${said.words}`;
    protocol = said.protocol;
  }
  return { protocol, words: `${summary}: ${all}` };
}
