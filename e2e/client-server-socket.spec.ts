// Promise: the learner sees the real addresses and ports of her own connections, and her own run says
// how many ports the server needed and what tells its clients apart.

import type { Page } from '@playwright/test';
import { join, pushStep, startClass } from './classroom.ts';
import { expect, test } from './server.ts';

const table = (page: Page) =>
  page.getByRole('region', { name: 'Connections and their four values' });

test('five clients share one port of the server and differ in their own', async ({ page }) => {
  await page.goto('/demos/connections?clients=5');
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 45_000 });
  await page.getByRole('button', { name: 'To the newest' }).click();

  await expect(table(page).getByRole('row')).toHaveCount(6);
  const compared = table(page).getByRole('list', { name: 'What is equal and what differs' });
  await expect(compared).toContainText('client port: 5 different values');
  await expect(compared).toContainText('server port: equal in all 5');

  // The port that the table shows for a client is the one on the wire's own label.
  const mine = table(page).getByRole('row').filter({ hasText: 'Lin' });
  const port = /port (\d+)/.exec((await mine.getByRole('cell').first().textContent()) ?? '')?.[1];
  await expect(page.getByText(`port ${port}`, { exact: false }).first()).toBeVisible();
  await mine.getByRole('button', { name: 'Lin' }).click();
  await expect(page.getByRole('row', { selected: true })).toContainText('GET');
});

test('a client that comes back has another row and another port', async ({ page }) => {
  await page.goto('/demos/connections?leaves=yes');
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 45_000 });
  await page.getByRole('button', { name: 'To the newest' }).click();
  await expect(table(page).getByRole('row').filter({ hasText: 'Ada' })).toHaveCount(2);
  const compared = table(page).getByRole('list', { name: 'What is equal and what differs' });
  await expect(compared).toContainText('client port: 4 different values');
});

test('the run itself grades what was said about ports', async ({ page }) => {
  await page.goto('/lessons/client-server-socket/3');
  const choose = async (question: RegExp, answer: string): Promise<void> => {
    const group = page.getByRole('group', { name: question });
    await group.getByLabel(answer, { exact: true }).check();
    await page.getByRole('button', { name: 'Lock in and watch' }).first().click();
  };
  await choose(/How many of its ports/, 'Three, one for each client');
  await choose(/By which value/, 'By the port at the client’s end');
  const outcome = (text: RegExp) => page.getByRole('status').filter({ hasText: text });
  await expect(outcome(/3 connections, all to the server’s port \d+.*does not hold/)).toBeVisible({
    timeout: 45_000,
  });
  await expect(outcome(/differ in the client’s port.*prediction holds/)).toBeVisible({
    timeout: 45_000,
  });
});

test('in a class everybody’s connections are there, each with a port of its own', async ({
  page,
  browser,
  baseURL,
}) => {
  const code = await startClass(page);
  const ada = await join(browser, baseURL ?? '', code, 'Ada');
  const ben = await join(browser, baseURL ?? '', code, 'Ben');
  await pushStep(page, 4, 'Client, server, socket');
  const question = ada.getByRole('group', { name: /What does the last client hear/ });
  await question.getByRole('radio').first().check();
  await ada.getByRole('button', { name: 'Lock in and watch' }).click();
  const everybody = ada.getByRole('region', { name: 'The connections of everybody in the class' });
  await expect(everybody.getByRole('row')).toHaveCount(4, { timeout: 30_000 });
  await expect(everybody.getByRole('row').nth(1)).toContainText('you');
  await expect(everybody).toContainText('client port: 3 different values');
  await expect(everybody).toContainText('server port: equal in all 3');
  // Who they are is the instructor's to know.
  await expect(everybody).toContainText('a classmate');
  await expect(everybody).not.toContainText('Ben');

  await ben.close();
  await expect(page.getByText('1 of 2 here')).toBeVisible();
  await everybody.getByRole('button', { name: 'Look again' }).click();
  await expect(everybody.getByRole('row')).toHaveCount(3);
});
