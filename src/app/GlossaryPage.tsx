// Every term from A to Z, with a filter over all of them. Searching itself is src/glossary's.

import { Suspense, use, useMemo, useState } from 'react';
import { Link } from 'react-router';
import { loadGlossary, type Term } from '../glossary/index.ts';
import { LayerMark } from '../glossary/LayerMark.tsx';
import { createTermSearch } from '../glossary/search.ts';
import styles from './GlossaryPage.module.css';
import { Loading } from './Loading.tsx';
import { Page } from './Page.tsx';

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
  const isFiltering = filter.trim() !== '';
  const shown = isFiltering ? search.find(filter, terms.length) : terms;
  return (
    <>
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
      <p role="status" className={styles.count}>
        {isFiltering
          ? `${shown.length} of ${terms.length} terms, best first`
          : `${terms.length} terms`}
      </p>
      {isFiltering ? (
        <Terms terms={shown} />
      ) : (
        byLetter(shown).map(([letter, group]) => (
          <section key={letter} className={styles.letter}>
            <h2>{letter}</h2>
            <Terms terms={group} />
          </section>
        ))
      )}
    </>
  );
}

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
