// Finds a Chromium for the end-to-end tests, or gets one. Depends on nothing but Node until packages
// are installed. The choice is written to a file that playwright.config.ts reads.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Writes `browser.json` ({ executablePath }) into `folder`; ends the process where there is none. */
export async function findBrowser(folder) {
  const executablePath = (await playwrights()) ?? installed() ?? (await downloaded()) ?? debians();
  if (!executablePath) {
    console.error(
      'No Chromium was found, and none could be installed. Install Chromium or Google Chrome so that it is on the PATH, then run this again.',
    );
    process.exit(1);
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'browser.json'), `${JSON.stringify({ executablePath })}\n`);
}

/** Playwright's own browser, if it was downloaded before. */
async function playwrights() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

function installed() {
  for (const name of NAMES) {
    const { status, stdout } = spawnSync('which', [name], { encoding: 'utf8' });
    if (status === 0) return stdout.trim();
  }
  return undefined;
}

async function downloaded() {
  console.log('› Downloading a Chromium for the tests (once) …');
  spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'inherit', timeout: 300_000 });
  return playwrights();
}

function debians() {
  if (process.getuid?.() !== 0 || spawnSync('which', ['apt-get']).status !== 0) return undefined;
  console.log('› It could not be downloaded. Installing Debian’s package "chromium" (once) …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
  spawnSync('apt-get', ['install', '-y', '-qq', 'chromium'], { stdio: 'inherit', env });
  return installed();
}
