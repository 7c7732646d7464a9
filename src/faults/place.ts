// A place in a conversation that means the same in every run, although ids and masks differ: the n-th
// message of a kind, and where in it. How one is found in bytes is src/capture's.

export type At = 'before' | 'after' | number;

export interface Place {
  readonly lane: string;
  /** What carries it: HTTP (polling, handshake, upgrade) or a WebSocket. */
  readonly carrier: 'http' | 'websocket';
  readonly direction: 'up' | 'down';
  readonly protocol: 'http' | 'websocket' | 'engineio' | 'socketio';
  /** In the protocol's words: `event`, `ack`, `ping`, `GET`, `101`. */
  readonly type: string;
  /** Of an event its name, of an HTTP request its transport; otherwise empty. */
  readonly name: string;
  /** Counted from 1, over all such connections of the lane, in the order in which they pass. */
  readonly nth: number;
  /** Before or behind the HTTP message or WebSocket frame that carries it, or behind so many of its bytes. */
  readonly at: At;
}

const CARRIERS = ['http', 'websocket'];
const DIRECTIONS = ['up', 'down'];
const PROTOCOLS = ['http', 'websocket', 'engineio', 'socketio'];
const KEYS = ['lane', 'carrier', 'direction', 'protocol', 'type', 'name', 'nth', 'at'];

/** What is wrong with a value that should be a place, as a sentence. */
export function wrongPlace(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return 'A place must be an object.';
  const given = value as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(given).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) return `A place has no "${unknown}".`;
  const { lane, carrier, direction, protocol, type, name, nth, at } = given;
  if (typeof lane !== 'string' || !/^[a-z0-9-]{1,20}$/.test(lane)) return 'A place names its lane.';
  if (!CARRIERS.includes(String(carrier))) return `The carrier is one of: ${CARRIERS.join(', ')}.`;
  if (!DIRECTIONS.includes(String(direction))) return 'The direction is up or down.';
  if (!PROTOCOLS.includes(String(protocol))) {
    return `The protocol is one of: ${PROTOCOLS.join(', ')}.`;
  }
  if (typeof type !== 'string' || !/^\w{1,20}$/.test(type)) return 'The type is one word.';
  if (typeof name !== 'string' || name.length > 100) return 'The name has at most 100 characters.';
  if (!isWhole(nth, 1, 1_000_000)) return 'The ordinal is a whole number from 1 to 1000000.';
  if (at === 'before' || at === 'after' || isWhole(at, 0, 10_000_000)) return undefined;
  return 'The point is before, after, or a number of bytes up to 10000000.';
}

const isWhole = (value: unknown, min: number, max: number): boolean =>
  Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
