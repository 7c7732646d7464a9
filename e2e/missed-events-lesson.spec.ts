// Promises about the lesson and the demo of missed events: predictions are graded by the ledger of the
// learner's own run, a shared run keeps its ledger, everybody can use it, and an outage of all lanes
// disturbs nothing else.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page, Request } from '@playwright/test';
import { isAt, join as joinClass, pushStep, startClass } from './classroom.ts';
import { fits, isClean } from './clean.ts';
import { expect, freePort, Server, test } from './server.ts';

const LESSON = '/lessons/missed-events';
const ACCOUNT = '[aria-label="The account of every message"]';

async function predict(page: Page, question: string | RegExp, answer: string): Promise<void> {
  const group = page.getByRole('group', { name: question });
  await group.getByLabel(answer, { exact: true }).check();
  await page.getByRole('button', { name: 'Lock in and watch' }).first().click();
}

const outcome = (page: Page, text: RegExp) => page.getByRole('status').filter({ hasText: text });

async function run(page: Page, query: string): Promise<void> {
  await page.goto(`/demos/missed-events?${query}`);
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 45_000 });
  await page.getByRole('button', { name: 'To the newest' }).click();
}

test('predictions are graded by the ledger of this browser’s own outage', async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto(`${LESSON}/4`);
  await predict(page, /has noticed that it is cut off/, 'They are lost');
  await predict(page, /in the silence before it noticed/, 'They are lost');
  await expect(outcome(page, /none of the .* were lost.*does not hold/)).toBeVisible({
    timeout: 30_000,
  });
  await expect(outcome(page, /all of the .* were lost.*prediction holds/)).toBeVisible();
  await page.getByRole('button', { name: 'Show me the frame' }).last().click();
  const reports = page.getByRole('region', { name: /^From your browser to the server/ });
  // The one on its way as the link broke may be the one that is shown.
  await expect(
    reports.getByText(/^Message c-\d+(, emitted while the link was broken)?: .*on the wire/),
  ).toBeVisible();

  await page.goto(`${LESSON}/5`);
  await predict(
    page,
    'Does your browser handle any of the news twice?',
    'No, each is handled once',
  );
  await expect(outcome(page, /handled again.*does not hold/)).toBeVisible({ timeout: 30_000 });
});

test('a learner predicts the account in numbers, and her run grades each', async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto(`${LESSON}/9`);
  const start = page.getByRole('button', { name: 'Lock in and run' });
  await expect(start).toHaveAttribute('aria-disabled', 'true');
  await predict(page, 'How many of the seven lose none of the server’s news?', 'Four');
  await expect(outcome(page, /4 of 7 strategies.*prediction holds/)).toBeVisible({
    timeout: 45_000,
  });
  const news = page.getByRole('group', { name: 'From the server to you' });
  await news.getByLabel('delivered').fill('10');
  await news.getByLabel('lost').fill('3');
  await start.click();
  const verdict = page.getByRole('listitem');
  await expect(
    verdict.filter({ hasText: /delivered: you said 10, the ledger counts 10\. It holds\./ }),
  ).toBeVisible({ timeout: 45_000 });
  await expect(
    verdict.filter({ hasText: /lost: you said 3, the ledger counts 0\. It does not\./ }),
  ).toBeVisible();
});

test('a shared run keeps its ledger', async ({ page, browser }) => {
  await run(page, 'strategy=buffer&how=close&length=3000');
  const totals = (at: Page) =>
    at.getByRole('region', { name: /^From the server to your browser/ }).getByText(/emitted:/);
  const text = await totals(page).textContent();
  expect(text).toMatch(/^10 emitted: \d delivered, [1-9] lost/);
  await page.getByRole('button', { name: 'Share this moment' }).click();
  const link = await page.getByLabel(/Everybody with this link/).inputValue();
  const other = await (await browser.newContext()).newPage();
  await other.goto(link);
  await expect(totals(other)).toHaveText(text ?? '');
});

test('while every lane hangs, the look-up and a class go on', async ({ page, context }) => {
  test.setTimeout(90_000);
  const noticed = new Promise<void>((resolve) => {
    page.on('websocket', (socket) => {
      if (socket.url().includes('/lab/')) socket.once('close', () => resolve());
    });
  });
  await page.goto('/demos/missed-events?strategy=all&how=stall&length=8000&times=twice');
  await page.getByRole('button', { name: /^Run/ }).click();
  await noticed;
  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: /term/i })).toBeFocused({ timeout: 15_000 });
  await page.keyboard.type('websocket');
  await expect(page.getByRole('option', { name: /^WebSocket/ }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  const teacher = await context.newPage();
  await teacher.goto('/teach');
  await teacher.getByRole('button', { name: 'Start a class' }).click();
  await teacher.waitForURL(/\/teach\/[^/]+$/);
  await expect(page.getByRole('button', { name: 'Running…' })).toBeVisible();
});

test('while every lane hangs, also those over HTTP and on the app’s own port, all else goes on', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const data = await mkdtemp(join(tmpdir(), 'wirelight-e2e-'));
  const server = new Server(await freePort(), 'same', data);
  await server.start();
  const teacher = await (await browser.newContext({ baseURL: server.origin })).newPage();
  const code = await startClass(teacher);
  // In the browser of one who is in the class: six HTTP connections to this port are all that it has.
  const ada = await joinClass(browser, server.origin, code, 'Ada');
  const page = await ada.context().newPage();
  const hanging = new Set<Request>();
  page.on('request', (request) => {
    if (request.url().includes('/lab/')) hanging.add(request);
  });
  page.on('requestfinished', (request) => hanging.delete(request));
  page.on('requestfailed', (request) => hanging.delete(request));
  const silence = encodeURIComponent('x;1;stall,both,2500..60000');
  const run = 'fifth=polling&rate=1&count=20&quiet=6';
  await page.goto(`/demos/polling-vs-websocket?${run}&link=${silence}`);
  await page.getByRole('button', { name: /^Run/ }).click();
  const deeds = page.getByRole('list', { name: 'What the link did in this run' });
  await expect(deeds).toContainText('Stall', { timeout: 30_000 });
  // Short and long polling, the stream of events, and Socket.IO over polling.
  await expect.poll(() => hanging.size).toBeGreaterThanOrEqual(4);

  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: /term/i })).toBeFocused({ timeout: 15_000 });
  await page.keyboard.type('websocket');
  await expect(page.getByRole('option', { name: /^WebSocket/ }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await pushStep(teacher, 2);
  await isAt(ada, 2);
  const another = await ada.context().newPage();
  await another.goto('/lessons');
  await expect(another.getByRole('link', { name: /Missed events/ }).first()).toBeVisible();
  // All of that happened while they hung.
  expect(hanging.size).toBeGreaterThanOrEqual(4);
  expect(hanging.size).toBeLessThanOrEqual(5);
  await expect(page.getByRole('button', { name: 'Running…' })).toBeVisible();
  await page.close();
  await server.stop();
  await rm(data, { recursive: true, force: true });
});

for (const theme of ['light', 'dark'] as const) {
  test(`everybody can use the ledger, on a phone too, ${theme}`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await run(page, 'strategy=retry&how=stall&length=1000');
    const news = page.getByRole('region', { name: /^From the server to your browser/ });
    await news.getByText('As a table').click();
    await expect(news.getByRole('row')).toHaveCount(11);
    await isClean(page, 'the ledger', ACCOUNT);
    await fits(page, 'the ledger');

    // By keyboard alone: from message to message, each in words.
    await news.getByRole('group', { name: /Use the arrow keys/ }).focus();
    await page.keyboard.press('Home');
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowLeft');
    await expect(news.getByText(/^Message s-\d+.*on the wire/)).toBeVisible();
  });
}
