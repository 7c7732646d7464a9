// Turns `content/glossary/*.md` into two modules: `virtual:glossary` (every term, for search, notes and
// lists) and `virtual:glossary/bodies` (the longer explanations). Knows neither React nor search.

import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Plugin } from 'vite';
import { checkReferences, type GlossaryEntry, GlossaryError, readTerm } from './glossary-file.ts';

const TERMS = 'virtual:glossary';
const BODIES = 'virtual:glossary/bodies';
const FOLDER = 'content/glossary';
const RESOLVED: ReadonlySet<string> = new Set([`\0${TERMS}`, `\0${BODIES}`]);

/** All entries below `root`, checked, in the alphabetical order of their names. Throws a `GlossaryError`. */
export function readGlossary(root: string): GlossaryEntry[] {
  const entries = glossaryFiles(root).map((file) =>
    readTerm(file, readFileSync(join(root, file), 'utf8')),
  );
  checkReferences(entries);
  return entries.sort((a, b) => a.term.term.localeCompare(b.term.term, 'en'));
}

function glossaryFiles(root: string): string[] {
  return readdirSync(join(root, FOLDER))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${FOLDER}/${name}`)
    .sort();
}

export function glossary(): Plugin {
  let root = '';
  return {
    name: 'wirelight:glossary',
    configResolved(config) {
      root = config.root;
    },
    resolveId: (id) => (id === TERMS || id === BODIES ? `\0${id}` : undefined),
    load(id) {
      if (!RESOLVED.has(id)) return undefined;
      for (const file of glossaryFiles(root)) this.addWatchFile(join(root, file));
      try {
        const entries = readGlossary(root);
        return id === `\0${TERMS}` ? termsModule(entries) : bodiesModule(entries);
      } catch (error) {
        if (!(error instanceof GlossaryError)) throw error;
        const loc = { file: join(root, error.file), line: error.line, column: 0 };
        return this.error({ message: error.message, loc });
      }
    },
    hotUpdate({ file, modules }) {
      const folder = join(root, FOLDER).split(sep).join('/');
      if (!file.startsWith(`${folder}/`)) return undefined;
      const graph = this.environment.moduleGraph;
      const own = [...RESOLVED]
        .map((id) => graph.getModuleById(id))
        .filter((module) => module !== undefined);
      for (const module of own) graph.invalidateModule(module);
      return [...new Set([...modules, ...own])];
    },
  };
}

// A string that the browser parses as JSON is read faster than the same thing as a program.
const asJson = (value: unknown) => `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;

function termsModule(entries: readonly GlossaryEntry[]): string {
  return `export const TERMS = ${asJson(entries.map(({ term }) => term))};`;
}

function bodiesModule(entries: readonly GlossaryEntry[]): string {
  const bodies = Object.fromEntries(entries.map(({ term, body }) => [term.id, body]));
  return `export const BODIES = ${asJson(bodies)};`;
}
