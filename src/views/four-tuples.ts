// What tells the connections of a capture apart at the playhead: addresses and ports at both ends, and
// which of the four values are equal. Draws nothing.

import type { Capture, Connection } from '../capture/capture.ts';
import { clientOf } from '../capture/clients.ts';

/** The four values in the order in which they are drawn. */
export const TUPLE_PARTS = [
  { key: 'client-address', label: 'client address' },
  { key: 'client-port', label: 'client port' },
  { key: 'server-address', label: 'server address' },
  { key: 'server-port', label: 'server port' },
] as const;

export type TuplePart = (typeof TUPLE_PARTS)[number]['key'];

export interface TupleRow {
  readonly id: number;
  /** The client's name, once it wrote down that the connection's session is its own. */
  readonly who: string | undefined;
  readonly values: Readonly<Record<TuplePart, string>>;
  readonly role: Connection['role'];
  readonly isOpen: boolean;
  /** Its first frame, where one has passed. */
  readonly frame: number | undefined;
}

export interface FourTuples {
  readonly rows: readonly TupleRow[];
  /** How many different values each part has among all rows. */
  readonly different: Readonly<Record<TuplePart, number>>;
  /** How many different tuples there are. */
  readonly tuples: number;
}

/** The connections opened up to `playhead` (µs), in the order in which they opened. */
export function fourTuplesAt(capture: Capture, playhead: number): FourTuples {
  const rows = capture.connections
    .filter(({ openedAt }) => openedAt <= playhead)
    .map((connection) => rowOf(capture, connection, playhead));
  return compareTuples(rows);
}

/** Which of the four values are equal in all rows. */
export function compareTuples(rows: readonly TupleRow[]): FourTuples {
  const count = (part: TuplePart): number => new Set(rows.map(({ values }) => values[part])).size;
  return {
    rows,
    different: {
      'client-address': count('client-address'),
      'client-port': count('client-port'),
      'server-address': count('server-address'),
      'server-port': count('server-port'),
    },
    tuples: new Set(rows.map(({ values }) => TUPLE_PARTS.map(({ key }) => values[key]).join(' ')))
      .size,
  };
}

function rowOf(capture: Capture, connection: Connection, playhead: number): TupleRow {
  const { id, client, server, closed, role } = connection;
  const first = capture.frames.find((frame) => frame.connection === id && frame.at <= playhead);
  return {
    id,
    who: clientOf(capture, connection),
    values: {
      'client-address': client.address,
      'client-port': String(client.port),
      'server-address': server.address,
      'server-port': String(server.port),
    },
    role: first ? role : 'unknown',
    isOpen: closed === undefined || closed.at > playhead,
    frame: first?.id,
  };
}
