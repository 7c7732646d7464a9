// Connections as a table: address and port of both ends, and which of the four values differ. Knows
// neither where they come from nor when.

import styles from './FourTuples.module.css';
import { type FourTuples, TUPLE_PARTS, type TuplePart, type TupleRow } from './four-tuples.ts';

const PURPOSE = {
  polling: 'HTTP polling',
  websocket: 'WebSocket',
  http: 'HTTP',
  unknown: 'nothing yet',
} as const;

interface Props {
  readonly tuples: FourTuples;
  readonly caption: string;
  /** Id of the row that is lit. */
  readonly chosen?: number | undefined;
  /** Told the first frame of a row that has one. */
  onFrame?(frame: number): void;
}

export function TupleTable({ tuples, caption, chosen, onFrame }: Props) {
  const { rows } = tuples;
  return (
    <>
      <table>
        <caption>{caption}</caption>
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
                <Name row={row} onFrame={onFrame} />
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
    </>
  );
}

interface NameProps {
  readonly row: TupleRow;
  readonly onFrame: Props['onFrame'];
}

function Name({ row, onFrame }: NameProps) {
  const name = row.who ?? `number ${row.id}`;
  const { frame } = row;
  if (frame === undefined || !onFrame) return <strong>{name}</strong>;
  return (
    <button type="button" onClick={() => onFrame(frame)} title="Show its first frame">
      {name}
    </button>
  );
}

interface EndProps {
  readonly row: TupleRow;
  readonly tuples: FourTuples;
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

function Comparison({ tuples }: { readonly tuples: FourTuples }) {
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
