// The connections at the playhead as a table: address and port of both ends, as the server sees them,
// and which of the four values differ. A pure picture of (capture, playhead).

import { useMemo } from 'react';
import styles from './FourTuples.module.css';
import {
  fourTuplesAt,
  TUPLE_PARTS,
  type TuplePart,
  type TupleRow,
  type FourTuples as Tuples,
} from './four-tuples.ts';
import type { ViewProps } from './view.ts';

const PURPOSE = {
  polling: 'HTTP polling',
  websocket: 'WebSocket',
  http: 'HTTP',
  unknown: 'nothing yet',
} as const;

export function FourTuples({ capture, playhead, selection, onSelect }: ViewProps) {
  const tuples = useMemo(() => fourTuplesAt(capture, playhead), [capture, playhead]);
  const { rows } = tuples;
  const chosen = selection && capture.frames[selection.frame]?.connection;
  if (rows.length === 0) {
    return (
      <section className={styles.tuples} aria-label="Connections and their four values">
        <p className={styles.empty}>The server listens. No connection is open yet.</p>
      </section>
    );
  }
  return (
    <section className={styles.tuples} aria-label="Connections and their four values">
      <table>
        <caption>
          As the server sees them: {rows.length} connection{rows.length === 1 ? '' : 's'},{' '}
          {rows.filter(({ isOpen }) => isOpen).length} open
        </caption>
        <thead>
          <tr>
            <th scope="col">Connection</th>
            <th scope="col">Client’s end</th>
            <th scope="col">Server’s end</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} data-open={row.isOpen} data-chosen={row.id === chosen}>
              <th scope="row">
                <Name row={row} onSelect={onSelect} />
                <span>
                  {PURPOSE[row.role]}, {row.isOpen ? 'open' : 'closed'}
                </span>
              </th>
              <End row={row} tuples={tuples} address="client-address" port="client-port" />
              <End row={row} tuples={tuples} address="server-address" port="server-port" />
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > 1 ? <Comparison tuples={tuples} /> : null}
    </section>
  );
}

function Name({ row, onSelect }: { readonly row: TupleRow } & Pick<ViewProps, 'onSelect'>) {
  const name = row.who ?? `number ${row.id}`;
  const { frame } = row;
  if (frame === undefined) return <strong>{name}</strong>;
  return (
    <button type="button" onClick={() => onSelect({ frame })} title="Show its first frame">
      {name}
    </button>
  );
}

interface EndProps {
  readonly row: TupleRow;
  readonly tuples: Tuples;
  readonly address: TuplePart;
  readonly port: TuplePart;
}

/** What differs between the rows is heavy and underlined; what is equal in all is not. */
function End({ row, tuples, address, port }: EndProps) {
  const part = (key: TuplePart) => (
    <span className={tuples.different[key] > 1 ? styles.differs : undefined}>
      {row.values[key]}
    </span>
  );
  return (
    <td>
      {part(address)} <span className={styles.port}>port {part(port)}</span>
    </td>
  );
}

function Comparison({ tuples }: { readonly tuples: Tuples }) {
  const { rows, different } = tuples;
  return (
    <ul className={styles.comparison} aria-label="What is equal and what differs">
      {TUPLE_PARTS.map(({ key, label }) => (
        <li key={key} data-differs={different[key] > 1}>
          <strong>{label}:</strong>{' '}
          {different[key] === 1
            ? `equal in all ${rows.length}`
            : `${different[key]} different values`}
        </li>
      ))}
      <li>
        <strong>all four together:</strong> {tuples.tuples} different tuples
      </li>
    </ul>
  );
}
