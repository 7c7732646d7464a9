// A class code as people type it.

import { CODE_ALPHABET } from '../../contract/class.ts';

/** Lower case, spaces, hyphens and dashes are as good as the code itself. */
export const tidyCode = (typed: string): string =>
  typed.replace(/[\s\p{Pd}._]/gu, '').toUpperCase();

export const isCode = (code: string): boolean =>
  code.length === 4 && [...code].every((letter) => CODE_ALPHABET.includes(letter));
