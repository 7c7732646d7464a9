// What a tap writes down: connections that open and close, and the bytes between. The raw material
// of every capture; it interprets nothing.

import type { Bytes } from '../lib/bytes.ts';
import type { Micros } from '../lib/time.ts';

/** `up` is from the client to the server, `down` from the server to the client. */
export type Direction = 'up' | 'down';

/** An address and port as the server sees them. IPv4 dotted or IPv6 in RFC 5952 form. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** Every record has its ordinal in the tap (`seq`, from 1, without gaps) and the tap's time. */
interface Stamp {
  readonly seq: number;
  readonly at: Micros;
  readonly connection: number;
}

export interface Opened extends Stamp {
  readonly kind: 'open';
  readonly lane: string;
  readonly client: Endpoint;
  readonly server: Endpoint;
}

/** Bytes seen together at one point. TCP keeps no message boundaries: a chunk is not a message. */
export interface Chunk extends Stamp {
  readonly kind: 'chunk';
  readonly direction: Direction;
  readonly bytes: Bytes;
}

/** `fin` after an orderly end, `reset` when the connection was torn down. */
export interface Closed extends Stamp {
  readonly kind: 'close';
  readonly by: 'client' | 'server';
  readonly how: 'fin' | 'reset';
}

export type TapRecord = Opened | Chunk | Closed;
