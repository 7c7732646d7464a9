// How the browser half is built, and how MDX lessons and the glossary become modules.

import mdx from '@mdx-js/rollup';
import react from '@vitejs/plugin-react';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import { defineConfig } from 'vite';
import { compressed } from './vite/compressed-plugin.ts';
import { glossary } from './vite/glossary-plugin.ts';
import { lessonMeta } from './vite/lesson-plugin.ts';

export default defineConfig({
  plugins: [
    lessonMeta(),
    { enforce: 'pre', ...mdx({ remarkPlugins: [remarkFrontmatter, remarkGfm] }) },
    glossary(),
    react(),
    compressed(),
  ],
  build: { outDir: 'dist/web', target: 'es2022', chunkSizeWarningLimit: 300 },
});
