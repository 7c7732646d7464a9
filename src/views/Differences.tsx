// Where two runs of one scenario differ, as sentences and a small table. It shows them when both are over:
// before that it would give the run away. Compares nothing itself.

import styles from './Differences.module.css';

interface Props {
  readonly comparisons: readonly {
    readonly title: string;
    readonly sentences: readonly string[];
    readonly rows: readonly {
      readonly label: string;
      readonly model: string;
      readonly kernel: string;
    }[];
  }[];
  readonly isOver: boolean;
}

export function Differences({ comparisons, isOver }: Props) {
  if (comparisons.length === 0) return null;
  return (
    <section className={styles.differences} aria-label="Where they differ">
      <h2>Where the model and the kernel differ</h2>
      {isOver ? (
        <div className={styles.both}>
          {comparisons.map((one) => (
            <One key={one.title} {...one} />
          ))}
        </div>
      ) : (
        <p>
          Both runs begin with the client’s first packet. Play to the end, and they are compared.
        </p>
      )}
    </section>
  );
}

function One({ title, sentences, rows }: Props['comparisons'][number]) {
  return (
    <div>
      {title === '' ? null : <h3>{title}</h3>}
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">the model</th>
            <th scope="col">the kernel</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, model, kernel }) => (
            <tr key={label} data-differs={model !== kernel}>
              <th scope="row">{label}</th>
              <td>{model}</td>
              <td>{kernel}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
