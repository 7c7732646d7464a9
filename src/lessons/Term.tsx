// A term where it is first used: opens its definition in place.

import type { ReactNode } from 'react';
import { TermNote } from '../glossary/TermNote.tsx';

export function Term({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return <TermNote id={id}>{children}</TermNote>;
}
