// Unit tests: beside the files they test, in Node. The browser's part is tested in a browser, in e2e/.

import { defineConfig, mergeConfig } from 'vitest/config';
import app from './vite.config.ts';

export default mergeConfig(
  app,
  defineConfig({
    test: {
      include: ['{src,server,content,vite,bench}/**/*.test.{ts,tsx}'],
      environment: 'node',
      testTimeout: 30_000,
      maxWorkers: 2,
    },
  }),
);
