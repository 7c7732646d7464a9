// The look-up dialog: one field, the best answers below it, the keyboard for all of it. The page opens
// and closes it; it knows no page but the terms' own.

import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { loadGlossary, type Term } from './index.ts';
import { LayerMark } from './LayerMark.tsx';
import styles from './LookUp.module.css';
import { createTermSearch, type TermSearch } from './search.ts';

interface Props {
  /** Called when the reader is done: a term chosen, Escape, or a click beside the dialog. */
  readonly onClose: () => void;
}

export function LookUp({ onClose }: Props) {
  const list = useId();
  const { search, failed } = useSearch();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const dialog = useModal();
  const navigate = useNavigate();
  const found = search?.find(query) ?? [];
  const choose = (term: Term | undefined) => {
    if (!term) return;
    navigate(`/glossary/${term.id}`);
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length > 0) setActive((active + step + found.length) % found.length);
    else if (event.key === 'Enter') choose(found[active]);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does what a click beside the dialog does
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-label="Look up a term"
      onCancel={onClose}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <div className={styles.sheet}>
        <div className={styles.top}>
          <input
            className={styles.field}
            type="text"
            role="combobox"
            aria-label="Term"
            aria-autocomplete="list"
            aria-expanded={found.length > 0}
            aria-controls={list}
            aria-activedescendant={found.length > 0 ? `${list}-${active}` : undefined}
            autoComplete="off"
            spellCheck={false}
            maxLength={80}
            placeholder="handshake, web socket, 101…"
            value={query}
            onChange={(event) => {
              setQuery(event.target.value);
              setActive(0);
            }}
            onKeyDown={onKeyDown}
          />
          <button type="button" className={styles.close} onClick={onClose}>
            Close
          </button>
        </div>
        <Results id={list} terms={found} active={active} onChoose={choose} />
        <p className={styles.status} role="status">
          {failed
            ? 'The glossary could not be loaded. Close this and try again.'
            : said(query, found, search)}
        </p>
      </div>
    </dialog>
  );
}

interface ResultsProps {
  readonly id: string;
  readonly terms: readonly Term[];
  readonly active: number;
  readonly onChoose: (term: Term) => void;
}

function Results({ id, terms, active, onChoose }: ResultsProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div
      className={styles.results}
      id={id}
      ref={list}
      role="listbox"
      aria-label="Terms found"
      tabIndex={-1}
    >
      {terms.map((term, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys go to the combobox, as ARIA's pattern has it
        <div
          key={term.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className={styles.option}
          onClick={() => onChoose(term)}
        >
          <span className={styles.name}>
            {term.term} <LayerMark layer={term.layer} />
          </span>
          <span className={styles.definition}>{term.definition}</span>
        </div>
      ))}
    </div>
  );
}

function said(query: string, found: readonly Term[], search: TermSearch | undefined): string {
  if (!search) return 'Loading the terms…';
  if (query.trim() === '') return 'Type the first letters. Mistakes are fine.';
  if (found.length === 0) return 'No term like this yet.';
  return `${found.length === 1 ? '1 term' : `${found.length} terms`}, best first: ${found[0]?.term}.`;
}

function useSearch() {
  const [search, setSearch] = useState<TermSearch>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let isHere = true;
    loadGlossary().then(
      ({ terms }) => isHere && setSearch(createTermSearch(terms)),
      () => isHere && setFailed(true),
    );
    return () => {
      isHere = false;
    };
  }, []);
  return { search, failed };
}

/** A native modal keeps the focus inside; closing it before it leaves the page gives the focus back. */
function useModal() {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    element?.querySelector('input')?.focus();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return dialog;
}
