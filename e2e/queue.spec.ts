// Promise: what a queue does with a crash, a poison message and a full queue is seen on the wire, and
// the picture of the queue and its account agree with what the consumers did.

import type { Page } from '@playwright/test';
import { fits, isClean } from './clean.ts';
import { expect, test } from './server.ts';

async function run(page: Page, query: string): Promise<void> {
  await page.goto(`/demos/queue?${query}`);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'To the newest' }).click();
}

const box = (page: Page, title: string) =>
  page
    .getByRole('region', { name: 'The queue at this moment' })
    .locator('section')
    .filter({ hasText: title });

test('after a crash the message comes again, and all six are confirmed', async ({ page }) => {
  await run(page, 'crash=after');
  for (const id of ['m-1', 'm-2', 'm-3', 'm-4', 'm-5', 'm-6']) {
    await expect(box(page, 'Confirmed').getByRole('button', { name: id })).toBeVisible();
  }
  // On a busy machine a slow consumer's message may come a third time.
  await expect(box(page, 'Confirmed')).toContainText(/delivered [2-9] times/);
  await expect(box(page, 'waiting')).toContainText('nothing waits');
  // The account says the same, for those who look and those who read.
  const account = page.getByRole('region', { name: 'The account of the queue work' });
  await expect(account).toContainText(
    /6 published: 6 handled, 0 lost\. Besides: [1-9] given out once more, [1-9] handled once more\./,
  );
  await account.getByText('As a table').click();
  const again = account.getByRole('row').filter({ hasText: 'given out twice' });
  await again
    .first()
    .getByRole('button', { name: /^given out twice, confirmed by/ })
    .click();
  await expect(page.getByRole('row', { selected: true })).toContainText('ack id');
});

test('a poison message ends as a dead letter after three attempts', async ({ page }) => {
  await run(page, 'poison=yes');
  const dead = box(page, 'Dead letters').getByRole('button', { name: /m-3/ });
  await expect(dead).toContainText('delivered 3 times');
  await expect(box(page, 'Confirmed').getByRole('button')).toHaveCount(5);
  await expect(page.getByText(/^6 published: 5 handled, 1 dead letter, 0 lost/)).toBeVisible();
  await dead.click();
  await expect(page.getByRole('row', { selected: true })).toContainText('dead letter');
  // On a phone too, and by keyboard alone.
  await page.setViewportSize({ width: 360, height: 740 });
  const account = page.getByRole('region', { name: 'The account of the queue work' });
  await account.getByText('As a table').click();
  await isClean(page, 'the account', '[aria-label="The account of every message"]');
  await fits(page, 'the queue');
  await account.getByRole('group', { name: /Use the arrow keys/ }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(account.getByText(/^Message m-\d: published; the queue has it;/)).toBeVisible();
});

test('a queue with room for two refuses, drops or holds back', async ({ page }) => {
  test.slow();
  await run(page, 'full=reject');
  await expect(box(page, 'Dead letters')).toContainText('refused: full');
  await expect(page.getByText(/^6 published: \d handled, [1-9] refused, 0 lost\./)).toBeVisible();
  await run(page, 'full=drop+the+oldest');
  await expect(box(page, 'Dead letters')).toContainText('dropped: full');
  await run(page, 'full=hold+back');
  await expect(box(page, 'Dead letters')).toContainText('none');
  await expect(box(page, 'Confirmed').getByRole('button')).toHaveCount(6);
});

test('the lesson grades by what the consumers did', async ({ page }) => {
  await page.goto('/lessons/message-queues/6');
  const choose = async (question: RegExp, answer: string): Promise<void> => {
    const group = page.getByRole('group', { name: question });
    await group.getByLabel(answer, { exact: true }).check();
    await page.getByRole('button', { name: 'Lock in and watch' }).first().click();
  };
  await choose(/How often is each message handled now/, 'Each once');
  await choose(/was a message delivered again/, 'No, the queue knows that it was done');
  const outcome = (text: RegExp) => page.getByRole('status').filter({ hasText: text });
  await expect(outcome(/all 6 messages handled once.*prediction holds/)).toBeVisible({
    timeout: 60_000,
  });
  await expect(outcome(/delivered again, and ignored.*does not hold/)).toBeVisible();
});
