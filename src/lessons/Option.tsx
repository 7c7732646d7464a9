// One answer to choose. Its question draws it; alone it draws nothing.

import type { ReactNode } from 'react';

export interface OptionProps {
  readonly value: string;
  /** For a quiz: this is the right one. A prediction has none, since the capture decides. */
  readonly correct?: boolean;
  /** What somebody believes who chooses this, and what to make of it. */
  readonly because: string;
  readonly children: ReactNode;
}

export function Option(_: OptionProps): null {
  return null;
}
