// The layers of one HTTP message and of what it carries. Knows the exchange that it belongs to, and
// nothing of streams.

import type { ByteRange } from '../lib/bytes.ts';
import { sizeText } from '../lib/size.ts';
import { QUERY_FIELDS } from '../wire/engineio.ts';
import { eventStreamFields } from '../wire/event-stream.ts';
import { dissectChunks, inflate } from '../wire/http-body.ts';
import { HTTP } from '../wire/http-fields.ts';
import { type HttpHead, headerValue, latin1 } from '../wire/http-head.ts';
import type { Field, Problem } from '../wire/layer.ts';
import { extensionFields } from '../wire/websocket-extensions.ts';
import { addAnswer, addPayload, type Carrier } from './engineio-content.ts';
import { FrameDraft } from './frame-draft.ts';
import type { HttpMessage } from './http-stream.ts';

/** What a request's target says about Engine.IO. */
export interface Purpose {
  readonly transport: 'polling' | 'websocket' | 'none';
  readonly sid?: string;
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** `/lab/…/socket.io/?EIO=4&transport=polling&sid=…` belongs to a session; anything else does not. */
export function purposeOf(target: string): Purpose {
  const [, query = ''] = target.split('?', 2);
  const parameters = new Map(
    query.split('&').map((pair): [string, string] => {
      const [name = '', value = ''] = pair.split('=', 2);
      return [name, value];
    }),
  );
  const transport = parameters.get('transport');
  if (parameters.get('EIO') !== '4') return { transport: 'none' };
  if (transport !== 'polling' && transport !== 'websocket') return { transport: 'none' };
  const sid = parameters.get('sid');
  return sid ? { transport, sid: decoded(sid) } : { transport };
}

/** Path and query of the target as fields of their own; they lie inside the target's field. */
function targetFields({ range: [start], value }: Field): Field[] {
  const target = String(value);
  const question = target.indexOf('?');
  const pathEnd = question < 0 ? target.length : question;
  const fields: Field[] = [
    { spec: HTTP.path, range: [start, start + pathEnd], value: target.slice(0, pathEnd) },
  ];
  if (question < 0) return fields;
  let at = question + 1;
  for (const pair of target.slice(at).split('&')) {
    const [name = '', parameter = ''] = pair.split('=', 2);
    const spec = QUERY_FIELDS.get(name);
    const range: ByteRange = [start + at, start + at + pair.length];
    if (pair)
      fields.push({ spec: spec ?? HTTP.parameter, range, value: spec ? decoded(parameter) : pair });
    at += pair.length + 1;
  }
  return fields;
}

/** The field, and those that lie inside it. */
function withParts(field: Field): Field[] {
  if (field.spec === HTTP.uri) return [field, ...targetFields(field)];
  const isExtensions = field.spec.key === 'http.sec_websocket_extensions';
  return isExtensions ? [field, ...extensionFields(field)] : [field];
}

/** `GET /path` without the query, or `200 OK`. */
export function startSummary(start: HttpHead['start']): string {
  if (!start) return 'not understood';
  if (start.kind === 'response') return `${start.code} ${start.phrase}`.trim().slice(0, 60);
  const path = start.target.split('?', 1)[0] ?? '';
  const isLong = path.length > 50;
  return `${start.method} ${isLong ? `…${path.slice(-49)}` : path}`;
}

/** What the body is, when it is more than the application's own. */
export type BodyUse = 'payload' | 'answer' | 'application';

/** The message taken apart. `layer` 0 is always the message itself. */
export function httpDraft(message: HttpMessage, use: BodyUse, carrier: Carrier): FrameDraft {
  const { taken, head, headLength, failure } = message;
  const draft = new FrameDraft(taken.bytes);
  const whole: ByteRange = [0, taken.bytes.length];
  const fields = (head?.fields ?? []).flatMap(withParts);
  const problems: Problem[] = failure ? [failure] : [];
  const body: ByteRange = [headLength, whole[1]];
  const hasBody = body[0] < body[1];
  if (hasBody && failure) {
    fields.push({ spec: HTTP.unread, range: body, value: latin1(taken.bytes, body) });
  }
  const summary = startSummary(head?.start);
  draft.addLayer({ protocol: 'http', source: 0, range: whole, summary, fields, problems });
  if (hasBody && head && !failure)
    addBody(draft, message, head, body, { use, carrier, fields, problems });
  return draft;
}

interface Into {
  readonly use: BodyUse;
  readonly carrier: Carrier;
  /** Of the message's own layer, still open. */
  readonly fields: Field[];
  readonly problems: Problem[];
}

function addBody(
  draft: FrameDraft,
  { taken, framing }: HttpMessage,
  head: HttpHead,
  body: ByteRange,
  { use, carrier, fields, problems }: Into,
): void {
  let source = 0;
  let range = body;
  if (framing === 'chunked') {
    const chunks = dissectChunks(taken.bytes, body);
    for (const field of chunks.fields) fields.push(field);
    source = draft.addSource('dechunked', chunks.body, { source, range });
    range = [0, chunks.body.length];
  }
  const coding = headerValue(head, 'content-encoding') ?? 'identity';
  if (coding !== 'identity' && range[0] < range[1]) {
    const plain = inflate(draft.bytesOf(source).subarray(range[0], range[1]), coding);
    if (plain) {
      if (source === 0)
        fields.push({ spec: HTTP.encodedBody, range, value: sizeText(range[1] - range[0]) });
      source = draft.addSource('inflated', plain, { source, range });
      range = [0, plain.length];
    } else {
      const message = 'The compressed body could not be undone, or is too large when it is.';
      problems.push({ code: 'http/bad-content-encoding', message, range: body });
    }
  }
  if (range[0] === range[1]) return;
  const place = { source, range, parent: 0 };
  const isReadable = !problems.some(({ code }) => code === 'http/bad-content-encoding');
  const type = headerValue(head, 'content-type') ?? '';
  if (isReadable && use === 'payload') addPayload(draft, place, carrier);
  else if (isReadable && source > 0 && /^text\/event-stream\b/i.test(type))
    addEvents(draft, source, range);
  else if (!isReadable || use !== 'answer' || !addAnswer(draft, place))
    addFileData(draft, source, range, fields);
}

/** Server-sent events, in a layer of their own over what the chunks carried. */
function addEvents(draft: FrameDraft, source: number, range: ByteRange): void {
  const { fields, count } = eventStreamFields(draft.bytesOf(source), range);
  const summary = `stream of ${count} event${count === 1 ? '' : 's'}`;
  draft.addLayer({ protocol: 'http', source, range, parent: 0, summary, fields, problems: [] });
}

/** In the message's own layer where the body is there as it is, else in a layer over what was made of it. */
function addFileData(draft: FrameDraft, source: number, range: ByteRange, fields: Field[]): void {
  const field: Field = { spec: HTTP.fileData, range, value: sizeText(range[1] - range[0]) };
  if (source === 0) fields.push(field);
  else {
    const summary = `body, ${field.value}`;
    draft.addLayer({
      protocol: 'http',
      source,
      range,
      parent: 0,
      summary,
      fields: [field],
      problems: [],
    });
  }
}
