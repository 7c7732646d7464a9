// Promise: the learner points at a message and says "cut here", and the next run breaks exactly there,
// also from its address; a run without such a place says so.

import type { Page } from '@playwright/test';
import { expect, test } from './server.ts';

async function finished(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 60_000 });
}

const deeds = (page: Page) => page.getByRole('list', { name: 'What the link did in this run' });

test('a frame that was pointed at is where the next run breaks', async ({ page }) => {
  await page.goto('/demos/handshake?transports=websocket');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await finished(page);
  await page.getByRole('button', { name: 'To the newest' }).click();
  // Only rows in view exist: from the top of the list, so that the first is the first.
  await page
    .getByRole('row', { name: /event "hello"/ })
    .last()
    .click();
  await page.keyboard.press('Home');
  await page
    .getByRole('row', { name: /event "hello"/ })
    .first()
    .click();
  await expect(page.getByText('The next run breaks right after')).toBeVisible();
  await page.getByRole('button', { name: 'Cut here and run again' }).click();

  await expect(deeds(page)).toContainText('Reset cut the connection', { timeout: 45_000 });
  await expect(page.getByText(/connection was lost before “hello” was acknowledged/)).toBeVisible();
  await page.getByRole('button', { name: 'To the newest' }).click();
  await expect(page.getByRole('row', { name: /event "hello"/ })).toHaveCount(1);
  await expect(page.getByRole('row', { name: /ack id 0/ })).toHaveCount(0);

  // The address carries the script: the same run breaks in the same place.
  await page.goto(page.url());
  await expect(
    page.getByText('Reset right after the 1st event “hello” to the server'),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(deeds(page)).toContainText('Reset cut the connection', { timeout: 45_000 });

  // Polling carries no such frame in a WebSocket, and the run says so.
  await page.getByLabel('The client may use').selectOption('polling');
  await page.getByRole('button', { name: 'Run again' }).click();
  await expect(deeds(page)).toContainText('this run had no such place', { timeout: 60_000 });
});

test('a script that cannot be read is told and not believed', async ({ page }) => {
  await page.goto('/demos/handshake?link=x;1;loss,both,0..,rate=1');
  await expect(page.getByRole('alert')).toContainText('cannot be read');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await finished(page);
  await expect(page.getByRole('status').filter({ hasText: 'The run is over' })).toBeVisible();
});
