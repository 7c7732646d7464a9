// Promise: whoever has the address of a lent device drives that device and nothing else, from another
// browser, until it is taken back; the token of the room's frames never leaves its owner's page.

import type { Page } from '@playwright/test';
import { join, startClass } from './classroom.ts';
import { fits, isClean } from './clean.ts';
import { expect, test } from './server.ts';

const lent = (page: Page) => page.getByRole('region', { name: 'A device that others can drive' });

test('a second browser drives panel 2 of the room, and nothing when it was taken back', async ({
  page,
  browser,
  baseURL,
}) => {
  const requests: string[] = [];
  const phone = await (await browser.newContext({ baseURL: baseURL ?? '' })).newPage();
  phone.on('request', (request) => requests.push(request.url()));
  const toPhone: string[] = [];
  phone.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => toPhone.push(String(payload))),
  );

  await page.goto('/demos/bidirectional?lent=yes&panel2=nothing&sensor=silent');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(lent(page)).toContainText('Whoever has this address can drive panel 2', {
    timeout: 60_000,
  });
  const address = await lent(page).getByRole('textbox').inputValue();
  expect(address).toMatch(/\/drive#[0-9a-f]{64}$/);

  await phone.goto(address);
  await expect(phone.getByRole('heading', { name: 'Drive panel 2' })).toBeVisible();
  await phone.getByRole('button', { name: 'Volume 20' }).click();
  await expect(phone.getByRole('status')).toContainText(
    'Volume 20: the server of the room answered “done”',
  );
  await phone.getByRole('button', { name: 'HDMI 2' }).click();
  await expect(phone.getByRole('status')).toContainText(
    'HDMI 2: the server of the room answered “done”',
  );

  await lent(page).getByRole('button', { name: 'Take it back and go on' }).click();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 30_000 });
  await expect(lent(page)).toHaveCount(0);
  await phone.getByRole('button', { name: 'Mute' }).click();
  await expect(phone.getByRole('alert')).toContainText('drives nothing any more');

  await page.getByRole('button', { name: 'To the newest' }).click();
  const amplifier = page
    .getByRole('list', { name: 'The room at this moment' })
    .getByRole('listitem')
    .filter({ hasText: /^Amplifier/ });
  await expect(amplifier).toContainText('Volume20');
  await expect(amplifier).toContainText('Soundon');

  // The right is in the fragment alone, and the phone was told nothing of the lab.
  const [, driving = ''] = address.split('#');
  expect(requests.length).toBeGreaterThan(1);
  for (const url of requests) expect(url.split('#')[0]).not.toContain(driving);
  expect(requests.filter((url) => url.includes('/lab/'))).toEqual([]);
  expect(toPhone.join('\n')).not.toMatch(/[0-9a-f]{64}/);
});

test('in a class a neighbour takes the offered panel and drives it, and nobody else can', async ({
  page,
  browser,
  baseURL,
}) => {
  const code = await startClass(page);
  const ada = await join(browser, baseURL ?? '', code, 'Ada');
  const ben = await join(browser, baseURL ?? '', code, 'Ben');
  await ada.goto('/demos/bidirectional?lent=yes&panel2=nothing&sensor=silent');
  await ada.getByRole('button', { name: 'Run', exact: true }).click();
  await lent(ada).getByRole('button', { name: 'Offer it to your class' }).click();
  await expect(lent(ada)).toContainText(`Everybody in class ${code} sees the offer`);

  const offer = (at: Page) => at.getByRole('region', { name: 'Offered in your class' });
  await expect(offer(page)).toContainText('Somebody in your class offers panel 2 of their room');
  await expect(offer(ada)).toHaveCount(0);
  await ben.setViewportSize({ width: 360, height: 740 });
  await isClean(ben, 'the offer', '[aria-label="Offered in your class"]');
  await fits(ben, 'the offer');
  await offer(ben).getByRole('button', { name: 'Drive it' }).click();
  await expect(ben.getByRole('heading', { name: 'Drive panel 2' })).toBeVisible();
  await expect(offer(page)).toHaveCount(0);
  await expect(lent(ada)).toContainText('has taken it, and drives panel 2 now');
  await ben.getByRole('button', { name: 'Volume 70' }).click();
  await expect(ben.getByRole('status').last()).toContainText(
    'Volume 70: the server of the room answered “done”',
  );
  await lent(ada).getByRole('button', { name: 'Take it back and go on' }).click();
  await expect(ada.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 30_000 });
});
