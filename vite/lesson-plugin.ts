// Turns `content/lessons/*.mdx` into the module `virtual:lessons`: checked front matter, titles of
// the steps, and a loader a lesson. A mistake names the file, the line and what was expected.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { readLesson } from './lesson-file.ts';

const ID = 'virtual:lessons';
const FOLDER = 'content/lessons';

export function lessonMeta(): Plugin {
  let root = '';
  return {
    name: 'wirelight:lessons',
    enforce: 'pre',
    configResolved(config) {
      root = config.root;
    },
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    async load(id) {
      if (id !== `\0${ID}`) return undefined;
      const files = (await readdir(join(root, FOLDER)))
        .filter((file) => file.endsWith('.mdx'))
        .sort();
      for (const file of files) this.addWatchFile(join(root, FOLDER, file));
      const rows = await Promise.all(files.map((file) => row(root, file)));
      return `export const LESSONS = [\n${rows.join(',\n')}\n];`;
    },
  };
}

async function row(root: string, file: string): Promise<string> {
  const lesson = readLesson(`${FOLDER}/${file}`, await readFile(join(root, FOLDER, file), 'utf8'));
  const load = `() => import('/${FOLDER}/${file}')`;
  return `{ ...${JSON.stringify(lesson)}, load: ${load} }`;
}
