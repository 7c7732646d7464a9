// Promise: every page can be used by everybody, in both themes and on a phone.

import type { Browser, Page } from '@playwright/test';
import { isAt, pushStep, startClass } from './classroom.ts';
import { fits, isClean } from './clean.ts';
import { expect, test } from './server.ts';

const PAGES = [
  '/',
  '/lessons',
  '/lessons/does-socketio-use-http',
  '/demos',
  '/demos/handshake',
  '/demos/emit',
  '/demos/tcp?size=200000&loss=queue',
  '/glossary',
  '/glossary/websocket',
  '/inspector',
  '/join',
  '/teach',
  '/nowhere',
];

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds no violation on any page, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    for (const path of PAGES) {
      await page.goto(path);
      await expect(heading(page)).toBeVisible();
      await isClean(page, path);
    }
    await page.goto('/inspector');
    await page.getByRole('button', { name: /A handshake over HTTP/ }).click();
    await page.getByRole('grid', { name: /Packets/ }).press('End');
    await expect(page.getByRole('row', { selected: true })).toBeInViewport();
    await isClean(page, 'the inspector with a file');
  });
}

/** Goes through a class and calls `check` at each state of its pages. */
async function throughAClass(
  teacher: Page,
  learner: Page,
  check: (page: Page, what: string) => Promise<void>,
): Promise<void> {
  const code = await startClass(teacher);
  await learner.goto(`/join/${code}`);
  await learner.getByRole('button', { name: 'Join' }).click();
  await expect(learner.getByRole('alert')).toBeVisible();
  await check(learner, 'the join page with an error');
  await learner.getByLabel('Your name').fill('Ada');
  await learner.getByRole('button', { name: 'Join' }).click();
  await expect(learner.getByText('You are in')).toBeVisible();
  await check(learner, 'the class before the first push');

  await pushStep(teacher, 2);
  await isAt(learner, 2);
  await check(learner, 'the class at a step');
  await teacher.getByRole('button', { name: 'Open From HTTP to WebSocket here' }).click();
  await teacher.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(teacher.getByText(/^The run is over/)).toBeVisible({ timeout: 30_000 });
  await teacher.getByRole('button', { name: 'Show this moment' }).click();
  await expect(learner.getByText(/^recorded/).first()).toBeVisible({ timeout: 15_000 });
  await teacher.getByRole('button', { name: 'Show the key link' }).click();
  await check(teacher, 'the console with a demo and the key link');
  await check(learner, 'the class at a moment');
  await teacher.getByRole('button', { name: 'Show code full screen' }).click();
  await check(teacher, 'the code on the full screen');
  await teacher.keyboard.press('Escape');

  await learner.getByRole('link', { name: 'Lessons' }).click();
  await expect(learner.getByRole('button', { name: 'Return to the class' })).toBeVisible();
  await check(learner, 'another page during a class');
  await learner.getByRole('button', { name: 'Leave' }).click();
  await check(learner, 'the question before leaving');
  await teacher.goto('/teach');
  await teacher.getByRole('button', { name: /^Forget/ }).click();
  await expect(teacher.getByRole('button', { name: /^Undo/ })).toBeFocused();
  await check(teacher, 'the list of classes');
}

const someoneElse = async (browser: Browser, baseURL: string | undefined): Promise<Page> =>
  (await browser.newContext({ baseURL: baseURL ?? '' })).newPage();

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds no violation in a class that is live, ${theme}`, async ({
    page,
    browser,
    baseURL,
  }) => {
    const learner = await someoneElse(browser, baseURL);
    for (const each of [page, learner]) {
      await each.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    }
    await throughAClass(page, learner, isClean);
  });
}

test('no page of a class is wider than a phone', async ({ page, browser, baseURL }) => {
  const learner = await someoneElse(browser, baseURL);
  for (const each of [page, learner]) await each.setViewportSize({ width: 360, height: 740 });
  await throughAClass(page, learner, fits);
});

test('no page is wider than a phone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  for (const path of PAGES) {
    await page.goto(path);
    await expect(heading(page)).toBeVisible();
    await fits(page, path);
  }
});

test('the theme can be chosen and is remembered', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/');
  await page.getByRole('button', { name: 'Use the dark theme' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
