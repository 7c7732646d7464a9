// The lines of a text/event-stream body (WHATWG HTML, server-sent events): a field's name, a colon and
// a value each; an empty line ends an event.

import type { ByteRange, Bytes } from '../lib/bytes.ts';
import { decodeUtf8 } from '../lib/utf8.ts';
import type { Field, FieldSpec } from './layer.ts';

const SPEC = 'HTML Standard §9.2.6';

const field = (key: string, label: string, explain: string): FieldSpec => ({
  key: `sse.${key}`,
  label,
  explain,
  spec: SPEC,
});

const SSE = {
  name: field(
    'name',
    'Field name',
    'Says what the value after the colon is: event, data, id or retry.',
  ),
  colon: field(
    'colon',
    'Colon',
    'A colon, and one space after it that does not count, separate name and value.',
  ),
  event: field(
    'event',
    'Event name',
    'Which listener in the page is to run; message where it is absent.',
  ),
  data: field('data', 'Data', 'What the event carries: always text, one line for each line of it.'),
  id: field(
    'id',
    'Event id',
    'The browser remembers it, and sends it as Last-Event-ID when it has to connect anew.',
  ),
  retry: field('retry', 'Retry', 'After how many milliseconds the browser is to connect anew.'),
  other: field('other', 'Other field', 'A field that browsers ignore.'),
  comment: field(
    'comment',
    'Comment',
    'A line that begins with a colon is ignored; servers use it to keep a connection in use.',
  ),
  lineEnd: field('line_end', 'Line end', 'Ends a line of the stream.'),
  eventEnd: field(
    'event_end',
    'End of the event',
    'An empty line: the event is complete, and the page gets it now.',
  ),
} as const;

export const EVENT_STREAM_FIELDS: readonly FieldSpec[] = Object.values(SSE);

const VALUES: ReadonlyMap<string, FieldSpec> = new Map([
  ['event', SSE.event],
  ['data', SSE.data],
  ['id', SSE.id],
  ['retry', SSE.retry],
]);

const [LF, CR, COLON, SPACE] = [0x0a, 0x0d, 0x3a, 0x20];

/** Every byte of the range, and how many events end in it. */
export function eventStreamFields(
  bytes: Bytes,
  [start, end]: ByteRange,
): { readonly fields: readonly Field[]; readonly count: number } {
  const fields: Field[] = [];
  let count = 0;
  let hasData = false;
  for (let at = start; at < end; ) {
    let stop = at;
    while (stop < end && bytes[stop] !== LF && bytes[stop] !== CR) stop++;
    const isPair = bytes[stop] === CR && bytes[stop + 1] === LF;
    const next = Math.min(end, stop + (isPair ? 2 : 1));
    const line = lineFields(bytes, [at, stop]);
    for (const one of line) fields.push(one);
    hasData ||= line.some(({ spec }) => spec === SSE.data);
    if (next > stop) {
      const spec = at === stop ? SSE.eventEnd : SSE.lineEnd;
      fields.push({ spec, range: [stop, next], value: isPair ? 'CR LF' : 'LF' });
      if (at === stop && hasData) count++;
      if (at === stop) hasData = false;
    }
    at = next;
  }
  return { fields, count };
}

function lineFields(bytes: Bytes, [start, end]: ByteRange): Field[] {
  if (start === end) return [];
  const text = (from: number, to: number): string => decodeUtf8(bytes.subarray(from, to)).text;
  if (bytes[start] === COLON) {
    return [{ spec: SSE.comment, range: [start, end], value: text(start, end) }];
  }
  const colon = bytes.subarray(start, end).indexOf(COLON);
  const nameEnd = colon < 0 ? end : start + colon;
  const name = text(start, nameEnd);
  const fields: Field[] = [{ spec: SSE.name, range: [start, nameEnd], value: name }];
  if (colon < 0) return fields;
  const hasSpace = nameEnd + 1 < end && bytes[nameEnd + 1] === SPACE;
  const from = nameEnd + (hasSpace ? 2 : 1);
  fields.push({ spec: SSE.colon, range: [nameEnd, from], value: text(nameEnd, from) });
  if (from < end) {
    const spec = VALUES.get(name) ?? SSE.other;
    fields.push({ spec, range: [from, end], value: text(from, end) });
  }
  return fields;
}
