// Every term from A to Z, with a filter over all of them. Searching itself is src/glossary's.

import { Suspense, use, useMemo, useState } from 'react';
import { Link } from 'react-router';
import { loadGlossary, type Term } from '../glossary/index.ts';
import { LayerMark } from '../glossary/LayerMark.tsx';
import { createTermSearch } from '../glossary/search.ts';
import styles from './GlossaryPage.module.css';
import { Loading } from './Loading.tsx';
import { Page } from './Page.tsx';

const LAYERS = [
  ['general', 'General'],
  ['ethernet', 'Ethernet'],
  ['ip', 'IP'],
  ['tcp', 'TCP'],
  ['udp', 'UDP'],
  ['http', 'HTTP'],
  ['websocket', 'WebSocket'],
  ['engineio', 'Engine.IO'],
  ['socketio', 'Socket.IO'],
] as const;

export function GlossaryPage() {
  return (
    <Page
      title="Glossary"
      width="wide"
      lead={
        <>
          Every word this site uses, in one sentence each. Press <kbd>/</kbd> anywhere to look one
          up.
        </>
      }
    >
      <Suspense fallback={<Loading />}>
        <TermList />
      </Suspense>
    </Page>
  );
}

function TermList() {
  const { terms } = use(loadGlossary());
  const search = useMemo(() => createTermSearch(terms), [terms]);
  const [filter, setFilter] = useState('');
  const [layer, setLayer] = useState('');
  const isTyping = filter.trim() !== '';
  const found = isTyping ? search.find(filter, terms.length) : terms;
  const shown = layer === '' ? found : found.filter((term) => term.layer === layer);
  const letters = byLetter(shown);
  return (
    <>
      <div className={styles.filters}>
        <label className={styles.filter}>
          Filter
          <input
            type="search"
            value={filter}
            maxLength={80}
            autoComplete="off"
            onChange={(event) => setFilter(event.target.value)}
          />
        </label>
        <label className={styles.filter}>
          Layer
          <select value={layer} onChange={(event) => setLayer(event.target.value)}>
            <option value="">All</option>
            {LAYERS.map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
      {isTyping ? null : <Letters letters={letters.map(([letter]) => letter)} />}
      <p role="status" className={styles.count}>
        {shown.length === terms.length
          ? `${terms.length} terms`
          : `${shown.length} of ${terms.length} terms${isTyping ? ', best first' : ''}`}
      </p>
      {isTyping ? (
        <Terms terms={shown} />
      ) : (
        letters.map(([letter, group]) => (
          <section key={letter} className={styles.letter}>
            <h2 id={anchorOf(letter)} tabIndex={-1}>
              {letter}
            </h2>
            <Terms terms={group} />
          </section>
        ))
      )}
    </>
  );
}

/** Leads to the first term with that letter. */
function Letters({ letters }: { readonly letters: readonly string[] }) {
  return (
    <nav aria-label="First letters">
      <ul className={styles.letters}>
        {letters.map((letter) => (
          <li key={letter}>
            <a href={`#${anchorOf(letter)}`}>{letter}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const anchorOf = (letter: string) => `letter-${letter.charAt(0)}`;

function Terms({ terms }: { readonly terms: readonly Term[] }) {
  return (
    <ul className={styles.terms}>
      {terms.map(({ id, term, layer, definition }) => (
        <li key={id}>
          <span className={styles.name}>
            <Link to={`/glossary/${id}`}>{term}</Link> <LayerMark layer={layer} />
          </span>
          <span className={styles.definition}>{definition}</span>
        </li>
      ))}
    </ul>
  );
}

/** Terms come in alphabetical order; those that begin with a digit share one heading. */
function byLetter(terms: readonly Term[]): [string, Term[]][] {
  const groups = new Map<string, Term[]>();
  for (const term of terms) {
    const first = term.term.charAt(0).toUpperCase();
    const letter = /[A-Z]/.test(first) ? first : '0–9';
    groups.set(letter, [...(groups.get(letter) ?? []), term]);
  }
  return [...groups];
}
