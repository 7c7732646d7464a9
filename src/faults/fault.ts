// What a fault is. The list of them is index.ts; who drives them is the simulator, with packets, and the
// link, with a live stream.

import type { Bytes } from '../lib/bytes.ts';
import type { ParamSpec, ParamsOf } from '../lib/params.ts';
import type { Random } from '../lib/random.ts';
import { type Micros, micros } from '../lib/time.ts';

/** What a fault works on: whole packets, each one piece; or pieces of a byte stream, cut anywhere. */
export type Carrier = 'packets' | 'stream';

/** An orderly end after the last byte (FIN), or the connection torn down (RST). */
export type Ending = 'fin' | 'reset';

export interface Timed {
  readonly bytes: Bytes;
  /** When they come to the fault, or may leave it. `NEVER` holds them until the conditions change. */
  readonly at: Micros;
  /** On a stream only: the connection ends so behind these bytes, and nothing follows. */
  readonly ends?: Ending;
}

export const NEVER: Micros = micros(Number.POSITIVE_INFINITY);

/** Under which conditions a fault works. */
export interface Span {
  readonly carrier: Carrier;
  /** It is given what comes at `from` or later and before `until`. */
  readonly from: Micros;
  readonly until: Micros;
  /** When the connection that it works on began. */
  readonly openedAt: Micros;
}

/** On packets, from the beginning, without end. */
export const ON_PACKETS: Span = {
  carrier: 'packets',
  from: micros(0),
  until: NEVER,
  openedAt: micros(0),
};

/** What becomes of one piece: nothing (lost), one, or several. */
export type Decide = (piece: Timed) => readonly Timed[];

/**
 * A fault decides; it never waits. It says what leaves and when, and a driver does the waiting. On a
 * stream the driver keeps the order: nothing leaves before what came before it; and it gives each fault
 * one piece without bytes when its span begins, so that a fault can act where nothing is said.
 */
export interface Fault<S extends ParamSpec = ParamSpec> {
  readonly name: string;
  readonly title: string;
  /** What a person should know before using it, one sentence. */
  readonly what: string;
  readonly params: S;
  /** A byte stream can neither lose nor reorder bytes, so many faults suit only packets. */
  readonly suits: readonly Carrier[];
  create(params: ParamsOf<S>, random: Random, span: Span): Decide;
}

/** A fault whose parameters are known only at run time; they were checked against its own spec. */
export type AnyFault = Fault;

export const defineFault = <const S extends ParamSpec>(fault: Fault<S>): Fault<S> => fault;
