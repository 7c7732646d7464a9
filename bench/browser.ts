// How a measurement starts Chromium: the browser that the tests use, quiet on the network.

import { existsSync, readFileSync } from 'node:fs';
import type { LaunchOptions } from '@playwright/test';

const CHOICE = '.cache/browser.json';

export function launchOptions(): LaunchOptions {
  const flags = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
  ];
  const args = process.getuid?.() === 0 ? ['--no-sandbox', ...flags] : flags;
  if (!existsSync(CHOICE)) return { args };
  const { executablePath } = JSON.parse(readFileSync(CHOICE, 'utf8')) as { executablePath: string };
  return { args, executablePath };
}
