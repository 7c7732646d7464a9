// How the server half is built: one bundle of our own code, packages left where npm put them.

import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  build: {
    ssr: 'server/main.ts',
    outDir: 'dist/server',
    target: 'node20',
    rollupOptions: { output: { entryFileNames: 'main.js' } },
  },
});
