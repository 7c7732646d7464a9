// What was said in Socket.IO, in order: each event and acknowledgement with who said or heard it, its
// values read, and what it answers. Draws nothing, and knows no application.

import { fieldOf, fieldValue, type Layer } from '../wire/layer.ts';
import type { Capture, Frame, LayerRef } from './capture.ts';
import type { Direction } from './record.ts';

export interface Spoken {
  readonly at: number;
  readonly ref: LayerRef;
  /** The client at that end of the connection; empty where nobody said that it is its own. */
  readonly who: string;
  readonly direction: Direction;
  readonly isAck: boolean;
  /** The event's name; of an acknowledgement, that of the event it answers. */
  readonly event: string;
  readonly args: readonly unknown[];
  /** The event that an acknowledgement answers. */
  readonly asked?: Spoken;
}

/**
 * Whose frame it is; empty where nobody said so. Over polling the clients of one browser share its
 * connections, so there the request says whose it is.
 */
export function speakerOf(capture: Capture): (frame: Frame) => string {
  const names = new Map(
    capture.notes.flatMap(({ what, who, detail }) =>
      what === 'connected' && detail !== undefined ? [[detail, who] as const] : [],
    ),
  );
  const sids = new Map(capture.connections.map(({ id, sid, role }) => [id, { sid, role }]));
  const requests = new Map(
    capture.pairs
      .filter(({ kind }) => kind === 'request-response')
      .map(({ from, to }) => [to.frame, capture.frames[from.frame]]),
  );
  return (frame) => {
    const { sid, role } = sids.get(frame.connection) ?? {};
    if (role === 'websocket') return names.get(sid ?? '') ?? '';
    const request = frame.direction === 'up' ? frame : requests.get(frame.id);
    return names.get((request && sidIn(request)) ?? '') ?? '';
  };
}

function sidIn({ layers }: Frame): string | undefined {
  const uri = layers[0] && fieldValue(layers[0], 'http.request.uri');
  return /[?&]sid=([^&]+)/.exec(String(uri ?? ''))?.[1];
}

/** Everything that was said and did not die in the link. */
export function spokenIn(capture: Capture): readonly Spoken[] {
  const whose = speakerOf(capture);
  const questions = new Map(
    capture.pairs
      .filter(({ kind }) => kind === 'event-ack')
      .map(({ from, to }) => [keyOf(to), keyOf(from)]),
  );
  const said = new Map<string, Spoken>();
  for (const frame of capture.frames) {
    if (frame.lost) continue;
    for (const [index, layer] of frame.layers.entries()) {
      const ref = { frame: frame.id, layer: index };
      const asked = said.get(questions.get(keyOf(ref)) ?? '');
      const one = spoken(frame, layer, whose(frame), asked);
      if (one) said.set(keyOf(ref), { ...one, ref });
    }
  }
  return [...said.values()];
}

function spoken(
  { at, direction }: Frame,
  layer: Layer,
  who: string,
  asked: Spoken | undefined,
): Omit<Spoken, 'ref'> | undefined {
  if (layer.protocol !== 'socketio') return undefined;
  const args = layer.fields
    .filter(({ spec }) => spec.key === 'socketio.argument')
    .map(({ value }) => read(value));
  const isAck = fieldOf(layer, 'socketio.type')?.meaning === 'ack';
  if (isAck) {
    const event = asked?.event ?? '';
    return { at, who, direction, isAck, event, args, ...(asked ? { asked } : {}) };
  }
  const event = fieldValue(layer, 'socketio.event');
  return event === undefined
    ? undefined
    : { at, who, direction, isAck, event: String(event), args };
}

/** Objects and lists stand in a field as the text that they had on the wire. */
function read(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const keyOf = ({ frame, layer }: LayerRef): string => `${frame} ${layer}`;
