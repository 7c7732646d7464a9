// The modules that vite/glossary-plugin.ts makes from content/glossary.

declare module 'virtual:glossary' {
  /** Every term, in the alphabetical order of their names. */
  export const TERMS: readonly import('./schema.ts').Term[];
}

declare module 'virtual:glossary/bodies' {
  /** The longer explanation of each term, by id. */
  export const BODIES: Readonly<Record<string, import('./schema.ts').TermBody>>;
}
