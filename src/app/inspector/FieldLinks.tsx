// What can be done with the chosen field: filter by it, or read about it.

import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { Frame, Selection } from '../../capture/capture.ts';
import { type Glossary, loadGlossary } from '../../glossary/index.ts';
import { Button } from '../../ui/Button.tsx';
import type { Field } from '../../wire/layer.ts';
import styles from './PacketPane.module.css';

interface Props {
  readonly frame: Frame | undefined;
  readonly selection: Selection | undefined;
  onFilter(text: string): void;
}

export function FieldLinks({ frame, selection, onFilter }: Props) {
  const glossary = useGlossary();
  const layer = selection?.layer === undefined ? undefined : frame?.layers[selection.layer];
  const field = selection?.field === undefined ? undefined : layer?.fields[selection.field];
  if (!field) return null;
  const term = glossary?.termOfField(field.spec.key);
  const filter = filterOf(field);
  return (
    <div className={styles.links}>
      <code>{field.spec.key}</code>
      <Button onClick={() => onFilter(filter)}>Filter by it</Button>
      {term && <Link to={`/glossary/${term.id}`}>What is {term.term}?</Link>}
    </div>
  );
}

const MAX_VALUE = 80;

/** `tcp.dstport == 3001`; a long text only asks for the field. */
function filterOf({ spec, value }: Field): string {
  if (typeof value !== 'string') return `${spec.key} == ${Number(value)}`;
  if (value.length > MAX_VALUE || /^\d+ bytes$/.test(value)) return spec.key;
  return `${spec.key} == "${value.replace(/["\\]/g, '\\$&')}"`;
}

function useGlossary(): Glossary | undefined {
  const [glossary, setGlossary] = useState<Glossary>();
  useEffect(() => {
    let isHere = true;
    // Without it a field has no link, and everything else works.
    loadGlossary().then(
      (loaded) => isHere && setGlossary(loaded),
      () => undefined,
    );
    return () => {
      isHere = false;
    };
  }, []);
  return glossary;
}
