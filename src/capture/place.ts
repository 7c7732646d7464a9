// Places in a capture: what a learner pointed at, in words that hold for the next run; and the finder
// that sees the place come in the bytes of live connections, before they are let through.

import type { Place } from '../faults/place.ts';
import type { Bytes } from '../lib/bytes.ts';
import { micros } from '../lib/time.ts';
import { fieldValue, type Layer } from '../wire/layer.ts';
import type { Capture, Connection, Frame } from './capture.ts';
import { Conversation, unseen } from './conversation.ts';
import type { Direction } from './record.ts';
import { Sessions } from './sessions.ts';

type Kind = Pick<Place, 'protocol' | 'type' | 'name'>;

/** The most that is kept back to see what it is; a longer message passes unexamined. */
const MAX_KEPT = 256 * 1_024;

const PROTOCOLS: readonly string[] = ['http', 'websocket', 'engineio', 'socketio'];

/** What a layer is, as a place names it; `undefined` for what no place can name. */
function kindOf(layer: Layer): Kind | undefined {
  const type = /^\w+/.exec(layer.summary)?.[0].slice(0, 20) ?? '';
  if (!PROTOCOLS.includes(layer.protocol) || type === '') return undefined;
  const protocol = layer.protocol as Place['protocol'];
  const named =
    fieldValue(layer, 'socketio.event') ?? fieldValue(layer, 'engineio.query.transport') ?? '';
  return { protocol, type, name: String(named).slice(0, 100) };
}

const carrierOf = (layers: readonly Layer[]): Place['carrier'] =>
  layers[0]?.protocol === 'websocket' ? 'websocket' : 'http';

/** How many of these layers are of the place's kind; `last` is the last one that counts. */
const countIn = (layers: readonly Layer[], wanted: Kind, last = layers.length - 1): number =>
  layers.filter((layer, i) => {
    const kind = kindOf(layer);
    return (
      i <= last &&
      kind?.protocol === wanted.protocol &&
      kind.type === wanted.type &&
      kind.name === wanted.name
    );
  }).length;

/** `layer` is the one meant, the innermost where it is absent. `undefined` for what no place can name. */
export function placeOf(
  { frames, connections }: Capture,
  { id, connection, direction, layers }: Frame,
  at: Place['at'] = 'before',
  layer = layers.length - 1,
): Place | undefined {
  const lanes = new Map(connections.map((one) => [one.id, one.lane]));
  const lane = lanes.get(connection);
  const kind = layers[layer] && kindOf(layers[layer]);
  if (!kind || !lane) return undefined;
  const carrier = carrierOf(layers);
  let nth = countIn(layers, kind, layer);
  for (const frame of frames.slice(0, id)) {
    const isSame =
      frame.direction === direction &&
      lanes.get(frame.connection) === lane &&
      carrierOf(frame.layers) === carrier;
    if (isSame) nth += countIn(frame.layers, kind);
  }
  return { lane, carrier, direction, ...kind, nth, at };
}

/** Watches the bytes of one connection, in both directions. */
export interface Probe {
  push(direction: Direction, bytes: Bytes): void;
  /** Up to which offset the bytes of that direction may pass: behind them nothing is known yet. */
  free(direction: Direction): number;
  /** Where in the place's direction the cut is, once that is known. */
  readonly cutAt: number | undefined;
}

export interface PlaceFinder {
  readonly isFound: boolean;
  /** For a connection of the place's lane; offsets begin at `offsets` where it was open before. */
  begin(offsets?: Readonly<Record<Direction, number>>): Probe;
}

/** One finder watches all connections of the lane: messages are counted over all of them. */
export function createPlaceFinder(place: Place): PlaceFinder {
  const sessions = new Sessions();
  let left = place.nth;
  let connections = 0;

  const begin = (offsets?: Readonly<Record<Direction, number>>): Probe => {
    const start = offsets?.[place.direction] ?? 0;
    let end = start;
    let known = start;
    let cutAt: number | undefined;
    const connection: Connection = { ...unseen(++connections, micros(0)), lane: place.lane };
    const emit: ConstructorParameters<typeof Conversation>[3] = (direction, taken, draft) => {
      if (direction !== place.direction) return;
      const offset = start + taken.offset;
      const { length } = taken.bytes;
      known = offset + length;
      if (left <= 0 || carrierOf(draft.layers) !== place.carrier) return;
      left -= countIn(draft.layers, place);
      if (left <= 0) cutAt = pointIn(place.at, offset, length);
    };
    const conversation = new Conversation(connection, offsets === undefined, sessions, emit);
    /** What cannot hold the place need not be kept back. */
    const isConcerned = (): boolean => {
      const { role } = conversation.connection;
      if (role === 'unknown') return true;
      if (role === 'http') return place.protocol === 'http';
      return role === 'websocket' || place.carrier === 'http';
    };
    return {
      push: (direction, bytes) => {
        if (left <= 0) return;
        if (direction === place.direction) end += bytes.length;
        const stamp = { kind: 'chunk', seq: 0, at: micros(0), connection: connection.id } as const;
        conversation.push({ ...stamp, direction, bytes });
      },
      free: (direction) => {
        const isOpen = direction !== place.direction || left <= 0 || !isConcerned();
        return isOpen || end - known > MAX_KEPT ? Number.POSITIVE_INFINITY : known;
      },
      get cutAt() {
        return cutAt;
      },
    };
  };
  return {
    get isFound() {
      return left <= 0;
    },
    begin,
  };
}

function pointIn(at: Place['at'], offset: number, length: number): number {
  if (at === 'before') return offset;
  return at === 'after' ? offset + length : offset + Math.min(at, length);
}
