// Promise: anybody looks a term up with one key, from anywhere.

import { expect, test } from './server.ts';

for (const [typed, found] of [
  ['web socket', 'WebSocket'],
  ['webscoket', 'WebSocket'],
  ['socketio', 'Socket.IO'],
  ['3 way handshake', 'three-way handshake'],
] as const) {
  test(`"${typed}" finds ${found} by keyboard alone`, async ({ page }) => {
    await page.goto('/lessons');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.keyboard.press('/');
    await expect(page.getByRole('combobox')).toBeFocused();
    await page.keyboard.type(typed);
    await expect(page.getByRole('option').first()).toContainText(new RegExp(found, 'i'));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(new RegExp(found, 'i'));
  });
}

test('Escape closes the look-up and gives the focus back', async ({ page }) => {
  await page.goto('/lessons');
  const opener = page.getByRole('button', { name: /Look up a term/ });
  await opener.focus();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox')).toHaveCount(0);
  await expect(opener).toBeFocused();
});

test('the glossary filters by layer, and a letter leads to its terms', async ({ page }) => {
  await page.goto('/glossary');
  await page.getByLabel('Layer').selectOption('Ethernet');
  await expect(page.getByRole('link', { name: 'ARP', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'WebSocket', exact: true })).toHaveCount(0);
  await page.getByLabel('Layer').selectOption('All');
  await page.getByRole('navigation', { name: 'First letters' }).getByText('W').click();
  await expect(page.getByRole('heading', { name: 'W', exact: true })).toBeInViewport();
});

test('a term names its fields in words, not by their keys', async ({ page }) => {
  await page.goto('/glossary/opcode');
  await expect(page.getByText('Opcode', { exact: true })).toBeVisible();
  await expect(page.getByText('websocket.opcode')).toHaveCount(0);
});
