// What a learner chose, quoted back to her.

import { Children, type ReactNode } from 'react';

const INNER: Readonly<Record<string, string>> = { '“': '‘', '”': '’' };

/** `words` in quotation marks; marks within them become single ones. */
export function quoted(words: ReactNode): ReactNode {
  const inner = Children.map(words, (part) =>
    typeof part === 'string' ? part.replace(/[“”]/g, (mark) => INNER[mark] ?? mark) : part,
  );
  return ['“', inner, '”'];
}
