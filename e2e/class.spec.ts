// Promise: what the instructor pushes opens on every screen; who was dropped, came late, or lived
// through a restart of the server has missed nothing; and only the holder of the key can push.

import type { Browser, Page } from '@playwright/test';
import { io } from 'socket.io-client';
import { CLASS_VERSION } from '../src/contract/class.ts';
import { expect, test } from './server.ts';

async function startClass(page: Page): Promise<string> {
  await page.goto('/teach');
  await page.getByRole('button', { name: 'Start a class' }).click();
  await page.waitForURL(/\/teach\/[^/]+$/);
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

async function join(browser: Browser, origin: string, code: string, name: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: origin });
  const page = await context.newPage();
  await page.goto(`/join/${code}`);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.waitForURL(`**/class/${code}`);
  return page;
}

const push = (page: Page, step: number) =>
  page
    .getByRole('button', { name: new RegExp(`(Push step ${step}|Step ${step} is live)`) })
    .click();

const isAt = (page: Page, step: number) =>
  expect(page.getByText(`Step ${step} of 9`)).toBeVisible({ timeout: 15_000 });

test('an instructor and two learners, one dropped, the server restarted: nothing is missed', async ({
  page,
  browser,
  server,
  baseURL,
}) => {
  const code = await startClass(page);
  const ada = await join(browser, baseURL ?? '', code, 'Ada');
  const ben = await join(browser, baseURL ?? '', code, 'Ben');
  await expect(page.getByText('2 of 2 here')).toBeVisible();

  await push(page, 2);
  await Promise.all([isAt(ada, 2), isAt(ben, 2)]);

  await ben.context().setOffline(true);
  await ben.evaluate(() => window.dispatchEvent(new Event('offline')));
  await push(page, 3);
  await push(page, 4);
  await isAt(ada, 4);
  await ben.context().setOffline(false);
  await isAt(ben, 4);

  await server.stop();
  await server.start();
  await expect(page.getByText('2 of 2 here')).toBeVisible({ timeout: 20_000 });
  await push(page, 5);
  await Promise.all([isAt(ada, 5), isAt(ben, 5)]);

  const late = await join(browser, baseURL ?? '', code, 'Cleo');
  await isAt(late, 5);
  await late.reload();
  await isAt(late, 5);
});

test('only the holder of the key can push', async ({ page, baseURL }) => {
  const code = await startClass(page);
  const socket = io(baseURL ?? '', { transports: ['websocket'] });
  const attempt = (key: string) =>
    socket.timeout(5_000).emitWithAck('class:push', {
      version: CLASS_VERSION,
      code,
      key,
      scene: { kind: 'step', lesson: 'does-socketio-use-http', step: 3 },
    });
  expect(await attempt('0'.repeat(64))).toMatchObject({ ok: false, code: 'class/not-instructor' });
  expect(await attempt('')).toMatchObject({ ok: false, code: 'bad-request' });
  socket.disconnect();
  await expect(page.getByRole('button', { name: /is live/ })).toHaveCount(0);
});

test('a wrong code is explained', async ({ page }) => {
  await page.goto('/join');
  await page.getByLabel('Class code').fill('zz');
  await page.getByLabel('Your name').fill('Ada');
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByRole('alert')).toContainText('four letters and digits');
});
