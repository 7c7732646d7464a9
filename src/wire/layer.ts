// The vocabulary of a dissection. Every field and every problem knows its bytes; that is what lets
// the hex view and the tree highlight each other. Knows no protocol.

import type { ByteRange, Bytes } from '../lib/bytes.ts';

/** What is always true of a field, wherever it occurs. Written once, in its protocol's module. */
export interface FieldSpec {
  /** Wireshark's name where Wireshark has the field (`websocket.opcode`), else ours (`engineio.type`). */
  readonly key: string;
  readonly label: string;
  /** One plain sentence for a learner: what these bytes are for. */
  readonly explain: string;
  /** Where it is defined: `RFC 6455 §5.2`. */
  readonly spec: string;
}

export type FieldValue = number | bigint | string | boolean;

export interface Field {
  readonly spec: FieldSpec;
  /** Offsets in the layer's source. A flag has the range of the byte it lies in, and `bits`. */
  readonly range: ByteRange;
  readonly value: FieldValue;
  /** The value in words, where the number alone says little: `text`, `ping`. */
  readonly meaning?: string;
  /** Which bits of the range, counted from the most significant (0) up to, not including, the second. */
  readonly bits?: readonly [from: number, to: number];
}

/** What is wrong with the bytes. `code` is stable: tests and lessons refer to it. */
export interface Problem {
  readonly code: `${string}/${string}`;
  readonly message: string;
  readonly range: ByteRange;
}

/** How a source was made from the bytes before it. */
export type Origin = 'wire' | 'unmasked' | 'dechunked' | 'inflated' | 'reassembled' | 'base64';

/**
 * Bytes that layers point into. Source 0 is always what crossed the wire; the others were computed
 * from it (unmasked, dechunked, inflated …) and say from where.
 */
export interface Source {
  readonly origin: Origin;
  readonly bytes: Bytes;
  /** The source and range it was made from; absent for `wire`, and for what several frames carried. */
  readonly from?: { readonly source: number; readonly range: ByteRange };
}

export type Protocol =
  | 'http'
  | 'websocket'
  | 'engineio'
  | 'socketio'
  | 'tcp'
  | 'ip'
  | 'udp'
  | 'icmp'
  | 'dns'
  | 'arp'
  | 'ethernet'
  | 'linux-cooked'
  | 'loopback'
  /** Bytes that nobody here explains. */
  | 'data';

export interface Layer {
  readonly protocol: Protocol;
  /** Index into the frame's sources. */
  readonly source: number;
  readonly range: ByteRange;
  /** Index of the layer that carries this one; absent for the outermost. */
  readonly parent?: number;
  /** At most about 60 characters: `GET /lab/…/socket.io/`, `ping "probe"`, `event "hello"`. */
  readonly summary: string;
  readonly fields: readonly Field[];
  readonly problems: readonly Problem[];
}

/** The field with that key, if the layer has it. */
export const fieldOf = (layer: Layer, key: string): Field | undefined =>
  layer.fields.find(({ spec }) => spec.key === key);

/** Its value; `undefined` where the layer has no such field. */
export const fieldValue = (layer: Layer, key: string): FieldValue | undefined =>
  fieldOf(layer, key)?.value;
