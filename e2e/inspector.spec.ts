// Promise: the inspector opens captures of anybody, shows their packets with every layer, filters them,
// says where a broken file is broken, and works by keyboard.

import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './server.ts';

const CAPTURE = readFileSync('content/captures/handshake-both.pcapng');

const packets = (page: Page) => page.getByRole('grid', { name: /Packets/ });
const filter = (page: Page) => page.getByRole('combobox', { name: 'Filter' });

async function open(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
}

test('a sample opens, by keyboard, and shows layers, bytes and the term of a field', async ({
  page,
}) => {
  await page.goto('/inspector');
  await page.getByRole('button', { name: /A handshake over HTTP/ }).press('Enter');
  await packets(page).focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('row', { selected: true })).toContainText('GET /lab/');
  await expect(page.getByRole('treeitem', { name: /^HTTP GET/ })).toBeVisible();
  await page.getByRole('treeitem', { name: /^TCP/ }).click();
  await page.getByRole('treeitem', { name: /^Window 65535/ }).click();
  await expect(page.getByText('tcp.window_size_value', { exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: /What is / })).toHaveAttribute(
    'href',
    /\/glossary\//,
  );
});

test('a filter is completed, applied, and told where it is wrong', async ({ page }) => {
  await page.goto('/inspector');
  await page.getByRole('button', { name: /A handshake over HTTP/ }).click();
  await expect(page.getByText('109 packets')).toBeVisible();
  await filter(page).pressSequentially('websocket and socketio.ev');
  await expect(page.getByRole('option', { name: /socketio\.event/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(filter(page)).toHaveValue('websocket and socketio.event');
  await filter(page).fill('tcp.flags.syn == 1');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^\d+ of 109 packets$/)).toBeVisible();
  await expect(packets(page).getByRole('row').nth(1)).toContainText('SYN');
  await filter(page).fill('ip and nonsense == 1');
  await expect(page.getByText(/Column 8: “nonsense” is not known here/)).toBeVisible();
});

test('a cut file is shown up to where it is cut, with the offset', async ({ page }) => {
  await page.goto('/inspector');
  await open(page, 'cut.pcapng', CAPTURE.subarray(0, 6000));
  await expect(page.getByRole('alert')).toContainText(/offset [\d,]+ .*pcapng\/truncated/);
  await expect(packets(page).getByRole('row').nth(1)).toContainText('SYN');
});

test('a file that is no capture is refused in one sentence, and another can be opened', async ({
  page,
}) => {
  await page.goto('/inspector');
  await open(page, 'a.gz', Buffer.from([0x1f, 0x8b, 8, 0, 0]));
  await expect(page.getByRole('alert')).toContainText('a.gz: This file is compressed with gzip');
  await open(page, 'whole.pcapng', CAPTURE);
  await expect(page.getByText('109 packets')).toBeVisible();
});

test('a capture is dropped on the page, or pasted as text', async ({ page }) => {
  await page.goto('/inspector');
  const hex = CAPTURE.toString('hex');
  await page.getByLabel('Or paste one').fill(hex);
  await page.getByRole('button', { name: 'Open what I pasted' }).click();
  await expect(page.getByText('109 packets')).toBeVisible();
  const dropped = await page.evaluateHandle((text) => {
    const bytes = Uint8Array.from(text.match(/../g) ?? [], (two) => Number.parseInt(two, 16));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], 'dropped.pcapng'));
    return transfer;
  }, hex);
  await page.getByRole('heading', { name: 'Inspector' }).dispatchEvent('drop', {
    dataTransfer: dropped,
  });
  await expect(page.getByText('dropped.pcapng')).toBeVisible();
});

test('the messages of a capture are drawn as every other capture is', async ({ page }) => {
  await page.goto('/inspector');
  await page.getByRole('button', { name: /A handshake over HTTP/ }).click();
  await page.getByRole('radio', { name: /Messages/ }).check();
  await expect(page.getByRole('grid', { name: /Frames/ })).toBeVisible();
});
