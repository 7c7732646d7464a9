// A capture: what was seen, and what it means. Everything that draws takes one of these and a
// playhead, and never asks where the frames came from except to show their provenance.

import type { Micros } from '../lib/time.ts';
import type { Layer, Source } from '../wire/layer.ts';
import type { EndAccount } from './end-account.ts';
import type { Direction, Endpoint, Faulted, Noted, SeenPacket } from './record.ts';
import type { Transit } from './transit.ts';

/**
 * `observed`: captured live from this learner's own traffic. `recorded`: a real capture made earlier
 * or by somebody else. `derived`: computed from observed bytes. `modelled`: the simulator.
 */
export type Provenance = 'observed' | 'recorded' | 'derived' | 'modelled';

export interface Connection {
  readonly id: number;
  readonly lane: string;
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly openedAt: Micros;
  readonly closed?: {
    readonly at: Micros;
    readonly by: 'client' | 'server';
    readonly how: 'fin' | 'reset';
  };
  /** What it is used for, known once its first request was read. */
  readonly role: 'polling' | 'websocket' | 'http' | 'unknown';
  /** The Engine.IO session it belongs to, once seen. */
  readonly sid?: string;
}

/**
 * The outermost PDU on a stream: one HTTP message or one WebSocket frame, with every PDU that it
 * carries as further layers, parents before children.
 */
export interface Frame {
  /** Its index in `Capture.frames`. */
  readonly id: number;
  /** When its first byte and its last byte passed the tap. Frames are in order of `at`. */
  readonly firstAt: Micros;
  readonly at: Micros;
  readonly connection: number;
  readonly direction: Direction;
  /** Offset of its first byte in the stream of that connection and direction. */
  readonly offset: number;
  /** When its last byte was at the lab's end, where a link kept it from being there at `at`. */
  readonly passedAt?: Micros;
  /** Some of it, or all, died in the link; `down` it may never have crossed the socket. */
  readonly lost?: true;
  readonly sources: readonly Source[];
  readonly layers: readonly Layer[];
  /** Only where the frame is an IP packet that was seen at both ends of its link. */
  readonly transit?: Transit;
}

export interface LayerRef {
  readonly frame: number;
  readonly layer: number;
}

/** A question and its answer, wherever each of them travelled. */
export interface Pair {
  readonly kind: 'request-response' | 'event-ack' | 'ping-pong';
  readonly from: LayerRef;
  readonly to: LayerRef;
}

export interface Capture {
  readonly provenance: Exclude<Provenance, 'derived'>;
  readonly connections: readonly Connection[];
  readonly frames: readonly Frame[];
  readonly pairs: readonly Pair[];
  /** What the programs at the ends wrote down themselves, in the order of `wroteAt`. */
  readonly notes: readonly Noted[];
  /** What the link did to the connections, in order. */
  readonly faults: readonly Faulted[];
  /** IP packets as the server's system saw them, in order; only where that was looked at. */
  readonly packets?: readonly SeenPacket[];
  /** What the ends of a connection know of themselves, in order: only where the simulator made it. */
  readonly ends?: readonly EndAccount[];
  /** The lanes from the left, where they come from more than one source; `provenance` is the model's then. */
  readonly sources?: readonly LaneSource[];
  /** What the tap's ring had to let go before it was read. */
  readonly dropped: { readonly records: number; readonly bytes: number };
  /** When the last record was seen. */
  readonly endAt: Micros;
}

/** Where the packets of one lane come from. */
export interface LaneSource {
  readonly lane: string;
  readonly provenance: Capture['provenance'];
}

/** What the learner points at; shared by every view of one timeline. */
export interface Selection {
  readonly frame: number;
  readonly layer?: number;
  /** Index into the layer's fields. */
  readonly field?: number;
}

/** The innermost layer: what the frame says to a reader. */
export const innermost = ({ layers }: Pick<Frame, 'layers'>): Layer => layers.at(-1) as Layer;
