// Records the captures that stand in when the server goes away: the handshake demo, run three ways in
// a real browser against the real server, and exported. Run: npm run record

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { launchOptions } from '../bench/browser.ts';
import { startServer } from '../bench/server.ts';

const FOLDER = 'content/captures';

const server = await startServer();
const browser = await chromium.launch(launchOptions());
await mkdir(FOLDER, { recursive: true });
for (const transports of ['both', 'websocket', 'polling']) {
  const page = await browser.newPage();
  await page.goto(`${server.origin}/demos/handshake?transports=${transports}`);
  await page.getByRole('button', { name: /^Run/ }).click();
  await page.getByRole('button', { name: 'Run again' }).waitFor({ timeout: 30_000 });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as pcapng' }).click(),
  ]);
  await download.saveAs(`${FOLDER}/handshake-${transports}.pcapng`);
  console.log(`${FOLDER}/handshake-${transports}.pcapng`);
  await page.close();
}
await writeFile(`${FOLDER}/handshake.json`, `${JSON.stringify(await manifest(), null, 2)}\n`);
await browser.close();
await server.stop();

async function manifest() {
  return {
    captures: ['handshake-both', 'handshake-websocket', 'handshake-polling'],
    shows: 'The handshake demo between Chromium and a lab on the same computer.',
    script: 'scripts/record-handshake.ts',
    recordedAt: new Date().toISOString(),
    versions: {
      node: process.versions.node,
      chromium: browser.version(),
      'socket.io': await versionOf('socket.io'),
      'socket.io-client': await versionOf('socket.io-client'),
    },
  };
}

async function versionOf(name: string): Promise<string> {
  const text = await readFile(`node_modules/${name}/package.json`, 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
