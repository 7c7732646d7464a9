// Promise: a student goes through a lesson on her own connections from its first step to its last, on a
// laptop, on a phone and with reduced motion; nothing is sent before she has predicted, each prediction
// is graded by her own run, and what she sees says that it was observed.

import type { Page } from '@playwright/test';
import { fits, isClean } from './clean.ts';
import { expect, test } from './server.ts';

const LESSONS = { 'client-server-socket': 8, layers: 9 } as const;

const READERS = {
  'on a laptop': { width: 1280, height: 800, reducedMotion: 'no-preference', theme: 'light' },
  'on a phone': { width: 360, height: 740, reducedMotion: 'no-preference', theme: 'dark' },
  'with reduced motion': { width: 1280, height: 800, reducedMotion: 'reduce', theme: 'dark' },
} as const;

for (const [slug, steps] of Object.entries(LESSONS)) {
  for (const [who, reader] of Object.entries(READERS)) {
    test(`${slug}, ${who}`, async ({ page }) => {
      // Each step has a run of its own, at the speed of the wire.
      test.slow();
      const { width, height, reducedMotion, theme } = reader;
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ reducedMotion, colorScheme: theme });
      await page.goto(`/lessons/${slug}`);
      for (let step = 1; step <= steps; step++) {
        await expect(page.getByText(new RegExp(`Step ${step} of ${steps}`))).toBeVisible();
        await lockAll(page, 'Check', 'first');
        await isGraded(page, await lockAll(page, 'Lock in and watch', 'last'));
        await fits(page, `step ${step}`);
        await isClean(page, `step ${step}`);
        if (step < steps) await page.getByRole('button', { name: /^Next: / }).click();
      }
      await expect(page.getByRole('button', { name: 'This is the last step' })).toBeVisible();
    });
  }
}

/** Answers every question that has such a button, and says how many there were. */
async function lockAll(page: Page, name: string, which: 'first' | 'last'): Promise<number> {
  const lock = page.getByRole('button', { name, exact: true });
  const count = await lock.count();
  for (let left = count; left > 0; left--) {
    await expect(page.getByRole('button', { name: 'Show me the frame' })).toHaveCount(0);
    const question = page.locator('div').filter({ has: lock.first() }).last();
    await question.getByRole('radio')[which]().check();
    await question.getByRole('button', { name, exact: true }).click();
    await expect(lock).toHaveCount(left - 1);
  }
  return count;
}

/** Her own run has graded each of so many predictions, and shows the frame that did. */
async function isGraded(page: Page, predictions: number): Promise<void> {
  if (predictions === 0) return;
  const graded = page.getByText(/Your prediction (holds|does not hold)\./);
  await expect(graded).toHaveCount(predictions, { timeout: 30_000 });
  await expect(page.getByText('observed at the server, from your own connection')).toBeVisible();
  await page.getByRole('button', { name: 'Show me the frame' }).first().click();
  await expect(page.getByRole('row', { selected: true })).toBeAttached();
}
