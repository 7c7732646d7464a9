// A class code as people type it.

import { CODE_ALPHABET } from '../../contract/class.ts';

/** Lower case, spaces, hyphens and dashes are as good as the code itself. */
export const tidyCode = (typed: string): string =>
  typed.replace(/[\s\p{Pd}._]/gu, '').toUpperCase();

/** What no code ever holds, among what was typed. */
export const foreignTo = (code: string): string[] => [
  ...new Set([...code].filter((letter) => !CODE_ALPHABET.includes(letter))),
];

export const isCode = (code: string): boolean =>
  [...code].length === 4 && foreignTo(code).length === 0;
