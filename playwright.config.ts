// End-to-end tests: promises to users, in a real browser against the real, built server.

import { existsSync, readFileSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const CHOICE = '.cache/browser.json';
const { executablePath } = existsSync(CHOICE)
  ? (JSON.parse(readFileSync(CHOICE, 'utf8')) as { executablePath: string })
  : { executablePath: undefined };

const ROOT_FLAGS = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** Promises with a time in them: nothing else may run beside these. */
const ALONE = /(class|missed-events|playing)\.spec\.ts$/;

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  workers: 2,
  projects: [
    { name: 'side by side', testIgnore: ALONE },
    { name: 'alone', testMatch: ALONE, workers: 1, dependencies: ['side by side'] },
  ],
  // A machine that stands still for seconds fails a test once; what is broken fails twice. The list names both.
  retries: 1,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [['list']],
  use: {
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        ...ROOT_FLAGS,
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
      ],
    },
    // A trace costs a seventh of the time: `TRACE=1 npx playwright test e2e/FILE` to see why one failed.
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
  },
});
