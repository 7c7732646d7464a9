// What a tap writes down: connections that open and close, and the bytes between; and what the link
// behind it did. The raw material of every capture; it interprets nothing.

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

/**
 * `fin` after an orderly end, `reset` when the connection was torn down. With `half` the other side
 * may still send, and its end is a record of its own.
 */
export interface Closed extends Stamp {
  readonly kind: 'close';
  readonly by: 'client' | 'server';
  readonly how: 'fin' | 'reset';
  readonly half?: true;
}

/**
 * The bytes from `from` up to `offset` of that direction were at the lab's end of the link now: `up`
 * had reached it, `down` had left it. Written only where that differs from when they crossed the
 * socket. Offsets count from the first byte of the direction.
 */
export interface Passed extends Stamp {
  readonly kind: 'passed';
  readonly direction: Direction;
  readonly from: number;
  readonly offset: number;
}

/**
 * Bytes that died in the link: `up` had crossed the socket and are in chunks already; `down` never
 * reached it, so that they are told here, and `from` is where they would have followed.
 */
export interface Lost extends Stamp {
  readonly kind: 'lost';
  readonly direction: Direction;
  readonly from: number;
  readonly length: number;
  readonly bytes?: Bytes;
}

/**
 * What the link did. `set`: a script is in force from now (`detail` is its text), `cleared`: none is;
 * `began` and `ended`: an entry's conditions; `cut`: it ended the connection; `turned-away`: the same at
 * the connection's beginning; `place-not-reached`: the run was over and its place had not come.
 */
export const FAULT_ACTS = [
  'set',
  'cleared',
  'began',
  'ended',
  'cut',
  'turned-away',
  'place-not-reached',
] as const;

export type FaultAct = (typeof FAULT_ACTS)[number];

/** By the link, which knows what it did. */
export interface Faulted extends Omit<Stamp, 'connection'> {
  readonly kind: 'fault';
  readonly what: FaultAct;
  /** Absent where it is about all of a lane, or of the lab where `lane` is absent too. */
  readonly connection?: number;
  readonly lane?: string;
  /** Which entry of the script, from 0, and the name of its fault. */
  readonly entry?: number;
  readonly fault?: string;
  readonly detail?: string;
}

/**
 * What a program at one end did with a message. `emitted`: it called emit; `buffered`: it keeps the
 * message to send it later; `resent`: it emitted the same message again; `handled`: its listener
 * ran; `repeated`: it knew the message already and ignored it; `acknowledged`: it learnt that the
 * other end has it; `abandoned`: it will not try again. The rest is about the connection; `started`: the
 * program runs, and has none yet.
 */
export const NOTE_KINDS = [
  'emitted',
  'buffered',
  'resent',
  'handled',
  'repeated',
  'acknowledged',
  'abandoned',
  'started',
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

/**
 * An IP packet of the connection as the operating system saw it at the server's interface: only where the
 * server may look there, and only while it was asked to. Its payload is in chunks as well.
 */
export interface SeenPacket extends Stamp {
  readonly kind: 'packet';
  readonly direction: Direction;
  /** From the first byte of the IP header. */
  readonly bytes: Bytes;
}

/** A record of one connection. */
export type WireRecord = Opened | Chunk | Closed;

/** A record of what the link did to one connection's bytes, or did at all. */
export type LinkRecord = Passed | Lost | Faulted;

export type TapRecord = WireRecord | LinkRecord | Noted | SeenPacket;

export const isOfWire = (record: TapRecord): record is WireRecord =>
  record.kind === 'open' || record.kind === 'chunk' || record.kind === 'close';
