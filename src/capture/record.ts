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

/**
 * What a program at one end did with a message. `emitted`: it called emit; `buffered`: it keeps the
 * message to send it later; `resent`: it emitted the same message again; `handled`: its listener
 * ran; `repeated`: it knew the message already and ignored it; `acknowledged`: it learnt that the
 * other end has it; `abandoned`: it will not try again. The rest is about the connection.
 */
export const NOTE_KINDS = [
  'emitted',
  'buffered',
  'resent',
  'handled',
  'repeated',
  'acknowledged',
  'abandoned',
  'connected',
  'disconnected',
  'recovered',
] as const;

export type NoteKind = (typeof NOTE_KINDS)[number];

/** Written down by a program itself; never seen on the wire. `wroteAt` is by the tap's clock. */
export interface Noted extends Omit<Stamp, 'connection'> {
  readonly kind: 'note';
  readonly lane: string;
  /** Which program: `server`, or the name of a client. */
  readonly who: string;
  readonly what: NoteKind;
  /** The message's own id; empty where the note is about the connection. */
  readonly message: string;
  /** When the program did it, in the tap's time; of a browser's note estimated, see `errorMicros`. */
  readonly wroteAt: Micros;
  /** How far off `wroteAt` may be, because another clock was read; 0 for the server's own notes. */
  readonly errorMicros: number;
  readonly detail?: string;
}

/** A record of one connection. */
export type WireRecord = Opened | Chunk | Closed;

export type TapRecord = WireRecord | Noted;

export const isOfWire = (record: TapRecord): record is WireRecord => record.kind !== 'note';
