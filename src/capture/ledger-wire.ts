// Where each message of an exercise appears on the wire: the events whose payload carries its id, and
// which program each connection belongs to. Reads dissections, and knows no fate.

import { fieldValue, type Layer } from '../wire/layer.ts';
import type { Capture, Connection, Frame, LayerRef } from './capture.ts';
import type { Direction } from './record.ts';

/** One passing of a message through the tap. */
export interface Sighting {
  readonly message: string;
  readonly at: number;
  readonly direction: Direction;
  readonly connection: Connection;
  readonly ref: LayerRef;
  /** When it died in the link, where it did. */
  readonly diedAt?: number;
  /** The acknowledgement that answered this very event, where one passed. */
  readonly ack?: { readonly at: number; readonly ref: LayerRef };
}

/** Frames never change, so what they carry is read once. */
const known = new WeakMap<Frame, readonly Carried[]>();

interface Carried {
  readonly message: string;
  readonly layer: number;
}

/** Ids of the messages in a frame: the `id` of an event's first argument that has one. */
function carriedBy(frame: Frame): readonly Carried[] {
  const before = known.get(frame);
  if (before) return before;
  const carried = frame.layers.flatMap((layer, index) => {
    const message = layer.protocol === 'socketio' ? messageOf(layer) : undefined;
    return message === undefined ? [] : [{ message, layer: index }];
  });
  known.set(frame, carried);
  return carried;
}

function messageOf(layer: Layer): string | undefined {
  if (fieldValue(layer, 'socketio.event') === undefined) return undefined;
  for (const { spec, value } of layer.fields) {
    if (spec.key !== 'socketio.argument' || typeof value !== 'string') continue;
    const id = idIn(value);
    if (id !== undefined) return id;
  }
  return undefined;
}

function idIn(json: string): string | undefined {
  if (!json.startsWith('{')) return undefined;
  try {
    const { id } = JSON.parse(json) as { id?: unknown };
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}

/** Every passing of every message on one lane, in the order of the frames. */
export function sightingsOn(capture: Capture, lane: string): readonly Sighting[] {
  const connections = new Map(
    capture.connections.filter((one) => one.lane === lane).map((one) => [one.id, one]),
  );
  const acks = acksOf(capture);
  return capture.frames.flatMap((frame) => {
    const connection = connections.get(frame.connection);
    if (!connection) return [];
    return carriedBy(frame).map(({ message, layer }) => {
      const to = acks.get(keyOf({ frame: frame.id, layer }));
      const ack = to && { ref: to, at: capture.frames[to.frame]?.at ?? frame.at };
      const { at, direction } = frame;
      const ref = { frame: frame.id, layer };
      const died = frame.lost ? { diedAt: Math.max(at, connection.closed?.at ?? at) } : {};
      return { message, at, direction, connection, ref, ...died, ...(ack ? { ack } : {}) };
    });
  });
}

const keyOf = ({ frame, layer }: LayerRef): string => `${frame} ${layer}`;

const acksOf = ({ pairs }: Capture): ReadonlyMap<string, LayerRef> =>
  new Map(
    pairs.filter(({ kind }) => kind === 'event-ack').map(({ from, to }) => [keyOf(from), to]),
  );

/**
 * The connections of one client among those of its lane: all of them where it is alone there, else
 * those of the Engine.IO sessions that the client wrote down when it connected.
 */
export function connectionsOf(
  { connections, notes }: Capture,
  lane: string,
  client: string,
  clients: readonly string[],
): ReadonlySet<number> {
  const onLane = connections.filter((one) => one.lane === lane);
  const ofClient = notes.filter((note) => note.lane === lane && note.who === client);
  const sids = new Set(
    ofClient.flatMap(({ what, detail }) => (what === 'connected' && detail ? [detail] : [])),
  );
  const theirs = onLane.filter(
    ({ sid }) => clients.length <= 1 || (sid !== undefined && sids.has(sid)),
  );
  return new Set(theirs.map(({ id }) => id));
}
