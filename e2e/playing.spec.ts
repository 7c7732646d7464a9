// Promise: while a capture plays its views may follow a moment late, but at rest every one of them is
// at the very same frame.

import type { Page } from '@playwright/test';
import { expect, test } from './server.ts';

/** How many frames have passed, as the slider says. */
async function passed(page: Page): Promise<number> {
  const text = await page.getByRole('slider', { name: 'Moment' }).getAttribute('aria-valuetext');
  return Number(/(\d+) frames so far/.exec(text ?? '')?.[1]);
}

/** Every view at the frame that passed last, with no time to catch up in. */
async function isExact(page: Page): Promise<void> {
  const count = await passed(page);
  const said = await page.evaluate(() => {
    const grid = document.querySelector('[aria-label^="Frames, use"]');
    const row = grid?.querySelector('[role=row][aria-selected=true]');
    const list = grid?.getBoundingClientRect();
    const box = row?.getBoundingClientRect();
    return {
      rows: grid?.getAttribute('aria-rowcount'),
      active: grid?.getAttribute('aria-activedescendant') === row?.id,
      chosen: row?.firstElementChild?.textContent,
      isInSight: list && box && box.top >= list.top && box.bottom <= list.bottom + 1,
      order: [...(grid?.querySelectorAll('[role=row]') ?? [])].map((one) =>
        Number(one.getAttribute('aria-rowindex')),
      ),
      tree: document.querySelector('[role=tree]')?.getAttribute('aria-label'),
      bytes: document.querySelector('[aria-label^="Bytes of"]')?.getAttribute('aria-label'),
      ladder: document.querySelector('[role=option]')?.textContent?.split(':')[0],
      isReadOut: document.querySelector('p[aria-live=polite]') !== null,
    };
  });
  expect(said).toEqual({
    rows: `${count + 1}`,
    active: true,
    chosen: `${count}`,
    isInSight: true,
    order: [...said.order].sort((a, b) => a - b),
    tree: `Layers of frame ${count}`,
    bytes: `Bytes of frame ${count}`,
    ladder: `${count}`,
    isReadOut: true,
  });
}

test('after a pause, a step and a seek every view is at the same frame', async ({ page }) => {
  await page.goto('/demos/emit');
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 20_000 });
  const slider = page.getByRole('slider', { name: 'Moment' });
  await slider.fill('0');
  await page.getByLabel('Speed').selectOption('4');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(() => passed(page)).toBeGreaterThan(12);
  await page.getByRole('button', { name: 'Pause' }).click();
  await isExact(page);

  for (const name of ['frame before', 'next frame']) {
    await page.getByRole('button', { name }).click();
    await isExact(page);
  }
  const most = Number(await slider.getAttribute('max'));
  for (const part of [0.9, 0.3, 0.6]) {
    await slider.fill(`${most * part}`);
    await isExact(page);
  }
  await page.getByRole('button', { name: 'To the newest' }).press('Enter');
  // It can do no more, and keeps the focus of who pressed it by key.
  await expect(page.getByRole('button', { name: 'At the newest' })).toBeDisabled();
  await expect(page.getByRole('button', { name: 'At the newest' })).toBeFocused();
  await isExact(page);
});
