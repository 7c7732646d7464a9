// A term inside a sentence. Click, tap, Enter or Space opens its short definition in place; hovering
// does nothing, and the words around it and in it can still be selected.

import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { Link } from 'react-router';
import { type Glossary, loadGlossary } from './index.ts';
import styles from './TermNote.module.css';

interface Props {
  /** The id of a term. An unknown one leaves plain words. */
  readonly id: string;
  /** The words in the sentence; the term's own name if absent. */
  readonly children?: ReactNode;
}

export function TermNote({ id, children }: Props) {
  const note = useId();
  const [isOpen, setOpen] = useState(false);
  const glossary = useGlossaryWhenIdle();
  const term = glossary?.term(id);
  const words = children ?? term?.term ?? id.replaceAll('-', ' ');
  if (glossary && !term) return words;
  const toggle = () => setOpen(!isOpen);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === ' ') toggle();
    else if (event.key === 'Escape' && isOpen) setOpen(false);
    else return;
    event.preventDefault();
  };
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: the text of a real button cannot be selected */}
      <span
        role="button"
        tabIndex={0}
        className={styles.term}
        aria-expanded={isOpen}
        aria-controls={isOpen ? note : undefined}
        onClick={() => isSelecting() || toggle()}
        onKeyDown={onKeyDown}
      >
        {words}
      </span>
      {isOpen ? (
        <span className={styles.note} id={note} role="note">
          {term ? (
            <>
              <strong>{term.term}</strong>: {term.definition}{' '}
              <Link to={`/glossary/${id}`}>
                More<span className="visually-hidden"> about {term.term}</span>
              </Link>
            </>
          ) : (
            'The definition is on its way…'
          )}
        </span>
      ) : null}
    </>
  );
}

/** A drag that ends on the term selects text; it is not a click meant for the note. */
function isSelecting(): boolean {
  const selection = getSelection();
  return selection !== null && !selection.isCollapsed;
}

/** The glossary, asked for once the browser has nothing better to do. */
function useGlossaryWhenIdle(): Glossary | undefined {
  const [glossary, setGlossary] = useState<Glossary>();
  useEffect(() => {
    let isHere = true;
    const load = () =>
      loadGlossary().then(
        (loaded) => isHere && setGlossary(loaded),
        () => undefined, // The words stay readable without their note.
      );
    // Safari has no requestIdleCallback.
    const timer = setTimeout(load, 300);
    return () => {
      isHere = false;
      clearTimeout(timer);
    };
  }, []);
  return glossary;
}
