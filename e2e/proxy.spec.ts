// Promise: behind a reverse proxy that uses its connections again, labs work and never mix, on ports
// of their own and on the app's.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { type ReverseProxy, startReverseProxy } from './reverse-proxy.ts';
import { expect, freePort, Server, test } from './server.ts';

async function openRun(browser: Browser, origin: string, transports: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${origin}/demos/handshake?transports=${transports}`);
  await page.getByRole('button', { name: /^Run/ }).click();
  return page;
}

async function exportOf(page: Page): Promise<string> {
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 20_000 });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as pcapng' }).click(),
  ]);
  return readFile(await download.path(), 'latin1');
}

const labsIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/\/lab\/([a-z0-9]{10})\//g)].map(([, id = '']) => id)),
];

/** Three runs at once through `app`; what each saw, and what went over the proxies' connections. */
async function promiseOf(
  browser: Browser,
  app: ReverseProxy,
  labs: ReverseProxy,
  server: Server,
): Promise<void> {
  await server.start();
  const pages = await Promise.all(
    ['polling', 'both', 'polling'].map((by) => openRun(browser, app.origin, by)),
  );
  const files = await Promise.all(pages.map(exportOf));
  expect(files.map((file) => labsIn(file).length)).toEqual([1, 1, 1]);
  expect(new Set(files.flatMap(labsIn)).size).toBe(3);
  for (const targets of labs.targets.values()) {
    expect(labsIn(targets.join('\n')).length).toBeLessThanOrEqual(1);
  }
  expect([...app.statuses, ...labs.statuses]).not.toContain(408);
  expect(labs.statuses).toContain(101);
  for (const page of pages) {
    await expect(
      page.getByRole('note').getByText(/frames between the proxy and the\s+server/),
    ).toBeVisible();
  }
  await server.stop();
  await Promise.all([app.close(), labs.close()]);
}

test('labs behind a proxy of their own, which does not say that it is one', async ({ browser }) => {
  const [port, labPort] = [await freePort(), await freePort()];
  const app = await startReverseProxy(port);
  const labs = await startReverseProxy(labPort, {});
  const data = await mkdtemp(join(tmpdir(), 'wirelight-e2e-'));
  await promiseOf(browser, app, labs, new Server(port, labPort, data, labs.origin));
  await rm(data, { recursive: true, force: true });
});

test('labs on the app’s port, behind one proxy for both', async ({ browser }) => {
  const port = await freePort();
  const app = await startReverseProxy(port, { 'x-forwarded-for': '192.0.2.1' });
  const data = await mkdtemp(join(tmpdir(), 'wirelight-e2e-'));
  await promiseOf(browser, app, app, new Server(port, 'same', data));
  await rm(data, { recursive: true, force: true });
});
