// Takes Engine.IO packets, and the Socket.IO packets in them, out of whatever carried them. Knows
// the session, and nothing of HTTP or WebSocket.

import { decodeBase64 } from '../lib/base64.ts';
import type { ByteRange } from '../lib/bytes.ts';
import { sizeText } from '../lib/size.ts';
import { dissectAnswer, dissectEngineIo, packetRanges } from '../wire/engineio.ts';
import { ENGINEIO } from '../wire/engineio-fields.ts';
import type { Field, Problem } from '../wire/layer.ts';
import { dissectSocketIo } from '../wire/socketio.ts';
import { SOCKETIO } from '../wire/socketio-fields.ts';
import type { FrameDraft } from './frame-draft.ts';
import type { Direction } from './record.ts';
import type { Session, Sessions } from './sessions.ts';

/** Where a frame stands: which way it went, and in which session. */
export interface Carrier {
  readonly direction: Direction;
  readonly sessions: Sessions;
  session: Session;
  /** Called when an open packet names the session. */
  named(sid: string): void;
}

/** Where the bytes to read lie in a draft. */
export interface Place {
  readonly source: number;
  readonly range: ByteRange;
  readonly parent: number;
}

const opposite = (direction: Direction): Direction => (direction === 'up' ? 'down' : 'up');

/** The body of a polling request or response: packets with separators between them. */
export function addPayload(
  draft: FrameDraft,
  { source, range, parent }: Place,
  carrier: Carrier,
): void {
  for (const packet of packetRanges(draft.bytesOf(source), range)) {
    addTextPacket(draft, { source, range: packet, parent }, carrier, packet[0] > range[0]);
  }
}

/** The answer to a POST, or a refusal. `false` when it is neither. */
export function addAnswer(draft: FrameDraft, place: Place): boolean {
  const answer = dissectAnswer(draft.bytesOf(place.source), place.range);
  if (!answer) return false;
  const { summary, fields, problems } = answer;
  draft.addLayer({ protocol: 'engineio', ...place, summary, fields, problems });
  return true;
}

/** One packet as text. Over polling it may be base64, and a separator may stand before it. */
function addTextPacket(
  draft: FrameDraft,
  { source, range, parent }: Place,
  carrier: Carrier,
  isAfterSeparator: boolean,
  isPolling = true,
): void {
  const packet = dissectEngineIo(draft.bytesOf(source), range, isPolling);
  const start = isAfterSeparator ? range[0] - 1 : range[0];
  const fields: Field[] = [...packet.fields];
  if (isAfterSeparator) {
    fields.unshift({ spec: ENGINEIO.separator, range: [start, range[0]], value: 0x1e });
  }
  const problems: Problem[] = [...packet.problems];
  const { base64, content, sid } = packet;
  const bytes = base64 && decodeBase64(draft.bytesOf(source).subarray(base64[0], base64[1]));
  if (base64 && !bytes) {
    const message = 'This is not base64, so its bytes cannot be read.';
    problems.push({ code: 'engineio/bad-base64', message, range: base64 });
    fields.pop();
    if (base64[0] < base64[1])
      fields.push({ spec: ENGINEIO.unread, range: base64, value: 'no base64' });
  }
  const layer = draft.addLayer({
    protocol: 'engineio',
    source,
    range: [start, range[1]],
    parent,
    summary: packet.summary,
    fields,
    problems,
  });
  if (sid !== undefined) {
    carrier.named(sid);
    carrier.session = carrier.sessions.get(sid);
  }
  addHeartbeat(draft, layer, packet, carrier);
  if (content) addSocketIo(draft, { source, range: content, parent: layer }, carrier);
  if (base64 && bytes) {
    const decoded = draft.addSource('base64', bytes, { source, range: base64 });
    addAttachment(draft, { source: decoded, range: [0, bytes.length], parent: layer }, carrier);
  }
}

/** A ping asks and a pong answers, in the heartbeat and, with the word probe, in the upgrade. */
function addHeartbeat(
  draft: FrameDraft,
  layer: number,
  { type, summary }: { readonly type: string | undefined; readonly summary: string },
  { direction, session }: Carrier,
): void {
  if (type !== 'ping' && type !== 'pong') return;
  const role = type === 'ping' ? 'ask' : 'answer';
  const asked = role === 'ask' ? direction : opposite(direction);
  const key = `${session.key} ${asked} ${summary.slice(type.length)}`;
  draft.ends.push({ kind: 'ping-pong', key, role, layer });
}

/** A text message of a WebSocket: one packet. */
export function addTextMessage(draft: FrameDraft, place: Place, carrier: Carrier): void {
  addTextPacket(draft, place, carrier, false, false);
}

/** A binary message of a WebSocket: one Engine.IO message without a type. */
export function addBinaryMessage(draft: FrameDraft, place: Place, carrier: Carrier): void {
  const { range } = place;
  const size = sizeText(range[1] - range[0]);
  const fields: Field[] =
    range[0] < range[1] ? [{ spec: ENGINEIO.binary, range, value: size }] : [];
  const summary = 'binary message';
  const layer = draft.addLayer({ protocol: 'engineio', ...place, summary, fields, problems: [] });
  addAttachment(draft, { ...place, parent: layer }, carrier);
}

function addAttachment(draft: FrameDraft, place: Place, { session, direction }: Carrier): void {
  const { range } = place;
  const size = sizeText(range[1] - range[0]);
  const awaited = session.attachments.get(direction);
  const fields: Field[] =
    range[0] < range[1] ? [{ spec: SOCKETIO.attachment, range, value: size }] : [];
  if (!awaited || awaited.left === 0) {
    const message = 'No packet before this one announced binary data.';
    const problems: Problem[] = [{ code: 'socketio/unexpected-binary', message, range }];
    draft.addLayer({ protocol: 'socketio', ...place, summary: 'binary data', fields, problems });
    return;
  }
  const { total, left } = awaited;
  session.attachments.set(direction, { total, left: left - 1 });
  const summary = `attachment ${total - left + 1} of ${total}, ${size}`;
  draft.addLayer({ protocol: 'socketio', ...place, summary, fields, problems: [] });
}

function addSocketIo(draft: FrameDraft, place: Place, carrier: Carrier): void {
  const { session, direction } = carrier;
  const packet = dissectSocketIo(
    draft.bytesOf(place.source),
    place.range,
    (namespace) => direction === 'down' && session.recoverable.has(namespace),
  );
  const { type, namespace, ackId, attachments, summary, fields } = packet;
  const problems = [...packet.problems];
  if ((session.attachments.get(direction)?.left ?? 0) > 0) {
    const message = 'The packet before this one still waited for binary data.';
    problems.push({ code: 'socketio/missing-binary', message, range: place.range });
  }
  session.attachments.set(direction, { total: attachments, left: attachments });
  const layer = draft.addLayer({ protocol: 'socketio', ...place, summary, fields, problems });
  if (type === 'connect' && packet.isRecoverable && direction === 'down') {
    session.recoverable.add(namespace);
  }
  if (ackId === undefined || type === undefined) return;
  const role = type === 'ack' || type === 'binary_ack' ? 'answer' : 'ask';
  const asked = role === 'ask' ? direction : opposite(direction);
  draft.ends.push({
    kind: 'event-ack',
    key: `${session.key} ${asked} ${namespace} ${ackId}`,
    role,
    layer,
  });
}
