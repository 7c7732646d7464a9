// Draws the longer explanation of a term from its tree. No HTML string is ever put on the page.

import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Block, Inline, TermBody } from './index.ts';
import styles from './TermText.module.css';

export function TermText({ body }: { readonly body: TermBody }) {
  return <div className={styles.text}>{keyed(body.map(blockOf))}</div>;
}

function blockOf(block: Block): ReactNode {
  if ('paragraph' in block) return <p>{inlines(block.paragraph)}</p>;
  if ('list' in block) return <ul>{keyed(block.list.map(itemOf))}</ul>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: code wider than the page must scroll by keyboard
    <pre tabIndex={0}>
      <code>{block.code}</code>
    </pre>
  );
}

const itemOf = (item: readonly Inline[]) => <li>{inlines(item)}</li>;

const inlines = (parts: readonly Inline[]): ReactNode => keyed(parts.map(inlineOf));

function inlineOf(part: Inline): ReactNode {
  if (typeof part === 'string') return part;
  if ('code' in part) return <code>{part.code}</code>;
  if ('strong' in part) return <strong>{inlines(part.strong)}</strong>;
  if ('em' in part) return <em>{inlines(part.em)}</em>;
  if (part.to.startsWith('/')) return <Link to={part.to}>{inlines(part.link)}</Link>;
  return <a href={part.to}>{inlines(part.link)}</a>;
}

/** The tree never changes while it is shown, so a part's place is its name. */
function keyed(parts: readonly ReactNode[]): ReactNode {
  return parts.map((part, index) => <Keyed key={String(index)}>{part}</Keyed>);
}

const Keyed = ({ children }: { readonly children: ReactNode }): ReactNode => children;
