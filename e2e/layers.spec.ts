// Promise: what the learner types lies between two rulers, in the very bytes that carried it; what was
// computed says so; and it can be followed down at the sender and up at the receiver.

import type { Page } from '@playwright/test';
import { join, startClass } from './classroom.ts';
import { expect, test } from './server.ts';

const rulers = (page: Page) => page.getByRole('region', { name: 'The message between two rulers' });

async function predict(page: Page, question: RegExp, answer: string): Promise<void> {
  const group = page.getByRole('group', { name: question });
  await group.getByLabel(answer, { exact: true }).check();
  await page.getByRole('button', { name: 'Lock in and watch' }).first().click();
}

async function run(page: Page, query: string): Promise<void> {
  await page.goto(`/demos/layers${query}`);
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 45_000 });
  await page.getByRole('button', { name: 'To the newest' }).click();
}

test('the typed words lie inside their layers, and only what was seen is called observed', async ({
  page,
}) => {
  await run(page, '?text=Two+rulers&transport=polling');
  await expect(rulers(page)).toContainText('Two rulers');
  // The same words as bytes, since HTTP masks nothing.
  await expect(rulers(page)).toContainText('54 77 6f 20 72 75 6c 65 72 73');
  // Where this server may look at its interface, the packet's own headers are there, and called observed.
  const usual = rulers(page).getByRole('button', { name: 'A usual link' });
  const isSeen = (await usual.count()) > 0;
  if (isSeen) {
    await expect(rulers(page).getByText('derived', { exact: true })).toHaveCount(0);
    await rulers(page).getByRole('button', { name: 'Fields of ip' }).click();
    await expect(rulers(page)).toContainText('127.0.0.1');
    await usual.click();
  }
  await expect(rulers(page).getByText('derived', { exact: true })).toHaveCount(2);
  test.info().annotations.push({ type: 'packets', description: isSeen ? 'seen' : 'not seen' });
  await expect(rulers(page)).toContainText('Not visible to a browser');
  for (const mark of ['Link', 'Internet', 'Transport', 'Application', '1–2', '3', '4', '5–7']) {
    await expect(rulers(page).getByText(mark, { exact: true }).first()).toBeVisible();
  }
});

test('by key the message goes down, over the wire, and up', async ({ page }) => {
  await run(page, '?text=Two+rulers');
  const slider = rulers(page).getByRole('slider');
  // Masked on the wire.
  await expect(rulers(page)).not.toContainText('54 77 6f 20 72 75 6c 65 72 73');
  await slider.press('Home');
  await expect(rulers(page)).toContainText('Sender: the program hands over 10 bytes.');
  await expect(rulers(page)).toContainText('54 77 6f 20 72 75 6c 65 72 73');
  await expect(rulers(page).getByText('not there at this moment')).toHaveCount(6);
  await rulers(page).getByRole('button', { name: 'One layer on' }).click();
  await expect(rulers(page)).toContainText('going down: Socket.IO adds');
  await slider.press('End');
  await expect(rulers(page)).toContainText('given 10 bytes, the same as at the start');
});

test('any frame can be chosen to lie between the rulers, and a derived header can be read', async ({
  page,
}) => {
  await run(page, '?text=Two+rulers');
  await rulers(page).getByRole('button', { name: 'Fields of tcp' }).click();
  await expect(rulers(page)).toContainText('Destination port');
  const list = page.getByRole('grid', { name: /^Frames/ });
  await list.press('Home');
  await list.press('ArrowDown');
  await list.press('ArrowDown');
  await expect(page.getByRole('row', { selected: true })).toContainText('open');
  await expect(page.getByText(/^Between the rulers is frame \d+, which you chose/)).toBeVisible();
  await expect(rulers(page).getByText('Socket.IO', { exact: true })).toHaveCount(0);
  await expect(rulers(page)).toContainText('sender: the server');
  await page.getByRole('button', { name: 'Show your message again' }).click();
  await expect(rulers(page)).toContainText('Two rulers');
});

test('an instructor’s moment is between the rulers of every learner', async ({
  page,
  browser,
  baseURL,
}) => {
  const code = await startClass(page);
  const ada = await join(browser, baseURL ?? '', code, 'Ada');
  await page.getByRole('button', { name: 'Open One message between two rulers here' }).click();
  await page.getByLabel('Your message').fill('From the desk');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByText(/^The run is over/)).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'To the newest' }).click();
  await page.getByRole('button', { name: 'Show this moment' }).click();
  await expect(rulers(ada)).toContainText('From the desk', { timeout: 15_000 });
  await expect(rulers(ada).getByText('recorded', { exact: true }).first()).toBeVisible();
  await expect(rulers(ada).getByText('observed', { exact: true })).toHaveCount(0);
});

test('a long message needs several packets, and the lesson grades that by the run', async ({
  page,
}) => {
  await run(page, '?length=long');
  await rulers(page).getByRole('button', { name: '2', exact: true }).click();
  await expect(rulers(page).getByText('your text')).toHaveCount(1);
  await expect(rulers(page).getByText('1460 bytes')).toBeVisible();

  await page.goto('/lessons/layers/2');
  await predict(page, /How many pieces/, 'Three, one from each layer');
  await predict(page, /Which bytes of it come first/, 'Your text, since it was written first');
  await expect(
    page.getByRole('status').filter({ hasText: /one piece.*does not hold/ }),
  ).toBeVisible({ timeout: 45_000 });
});
