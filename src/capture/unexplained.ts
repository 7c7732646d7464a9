// Which bytes of a frame no field explains. Knows which fields only hold bytes that another source
// shows in plain.

import type { ByteRange } from '../lib/bytes.ts';
import { ENGINEIO } from '../wire/engineio-fields.ts';
import { HTTP } from '../wire/http-fields.ts';
import type { FieldSpec } from '../wire/layer.ts';
import { WEBSOCKET } from '../wire/websocket-fields.ts';
import type { Frame } from './capture.ts';

/** They say that bytes are there, and what was made of them says what they mean. */
const HOLDERS: ReadonlySet<FieldSpec> = new Set([
  HTTP.chunkData,
  HTTP.encodedBody,
  WEBSOCKET.maskedPayload,
  WEBSOCKET.compressedPayload,
  ENGINEIO.base64,
  ENGINEIO.binary,
]);

/** The parts of `whole` that no range covers, in order. */
function holes(whole: ByteRange, covers: readonly ByteRange[]): ByteRange[] {
  const found: ByteRange[] = [];
  let at = whole[0];
  for (const [start, end] of covers.toSorted((a, b) => a[0] - b[0])) {
    if (start > at) found.push([at, Math.min(start, whole[1])]);
    at = Math.max(at, end);
  }
  if (at < whole[1]) found.push([at, whole[1]]);
  return found.filter(([start, end]) => start < end);
}

/**
 * Ranges of the wire's bytes (source 0) that belong to no field, neither there nor, wholly, in what
 * was made of them.
 */
export function unexplained(frame: Frame): ByteRange[] {
  const { sources, layers } = frame;
  const left: ByteRange[][] = [];
  // A source is made of earlier ones only, so the last one can be judged first.
  for (let source = sources.length - 1; source >= 0; source--) {
    const covers = layers
      .filter((layer) => layer.source === source)
      .flatMap(({ fields }) => fields.filter(({ spec }) => !HOLDERS.has(spec)))
      .map(({ range }) => range);
    sources.forEach(({ from }, made) => {
      if (from?.source === source && left[made]?.length === 0) covers.push(from.range);
    });
    left[source] = holes([0, sources[source]?.bytes.length ?? 0], covers);
  }
  const orphans = sources.some(({ origin }, i) => origin === 'reassembled' && left[i]?.length);
  return orphans && left[0]?.length === 0 ? [[0, sources[0]?.bytes.length ?? 0]] : (left[0] ?? []);
}
