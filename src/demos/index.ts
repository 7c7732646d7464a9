import type { Demo } from './demo.ts';

const modules = import.meta.glob<Demo>('./*/index.ts', { import: 'default' });

/** Folder name → lazy loader. Adding a folder is all it takes; each demo is its own chunk. */
export const DEMOS: ReadonlyMap<string, () => Promise<Demo>> = new Map(
  Object.entries(modules).map(([path, load]) => [path.split('/')[1] ?? path, load]),
);
