#!/usr/bin/env node
// Starts the built server; says what to do when it was not built.

import { existsSync } from 'node:fs';

const main = new URL('../dist/server/main.js', import.meta.url);
if (existsSync(main)) {
  await import(main.href);
} else {
  console.error('wirelight is not built yet. Run "npm start" once, which builds it.');
  process.exitCode = 1;
}
