// Who has joined: those who are here now, and, apart, those who are away.

import type { ClassState } from '../../live/class-store.ts';
import styles from './Seats.module.css';

type Props = Pick<ClassState, 'learners' | 'present'>;

export function Seats({ learners, present }: Props) {
  const ids = new Set(present);
  const here = learners.filter(({ id }) => ids.has(id));
  const away = learners.filter(({ id }) => !ids.has(id));
  return (
    <section aria-label="Learners">
      <h2 className={styles.count}>
        {here.length} of {learners.length} here
      </h2>
      {learners.length === 0 ? (
        <p>Nobody has joined yet. Show the code, or let them scan it.</p>
      ) : null}
      <List of={here} word="here" />
      {away.length > 0 ? (
        <details className={styles.away}>
          <summary>{away.length} away</summary>
          <List of={away} word="away" />
        </details>
      ) : null}
    </section>
  );
}

interface ListProps {
  readonly of: ClassState['learners'];
  readonly word: 'here' | 'away';
}

function List({ of: learners, word }: ListProps) {
  if (learners.length === 0) return null;
  return (
    <ul className={styles.seats} aria-label={word === 'here' ? 'Here now' : 'Away'}>
      {learners.map(({ id, label }) => (
        <li key={id} data-here={word === 'here'}>
          <strong>{label}</strong>
          <span>
            <i aria-hidden="true" />
            {word}
          </span>
        </li>
      ))}
    </ul>
  );
}
