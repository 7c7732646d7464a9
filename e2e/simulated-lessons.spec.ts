// Promise: a student goes through each lesson on the simulator from its first step to its last, on a
// laptop, on a phone and with reduced motion; nothing moves before she has predicted, each prediction
// is graded by the run, and what she sees says that it is modelled.

import type { Locator, Page } from '@playwright/test';
import { fits, isClean } from './clean.ts';
import { expect, test } from './server.ts';

const LESSONS = { packets: 9, tcp: 9, udp: 9, 'tcp-vs-udp': 8 } as const;

const READERS = {
  'on a laptop': { width: 1280, height: 800, reducedMotion: 'no-preference', theme: 'light' },
  'on a phone': { width: 360, height: 740, reducedMotion: 'no-preference', theme: 'dark' },
  'with reduced motion': { width: 1280, height: 800, reducedMotion: 'reduce', theme: 'dark' },
} as const;

for (const [slug, steps] of Object.entries(LESSONS)) {
  for (const [who, reader] of Object.entries(READERS)) {
    test(`${slug}, ${who}`, async ({ page }) => {
      test.slow(true, 'a whole lesson');
      const { width, height, reducedMotion, theme } = reader;
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ reducedMotion, colorScheme: theme });
      await page.goto(`/lessons/${slug}`);
      for (let step = 1; step <= steps; step++) {
        await expect(page.getByText(new RegExp(`Step ${step} of ${steps}`))).toBeVisible();
        await answerQuizzes(page);
        if ((await predict(page)) > 0) await watch(page);
        await fits(page, `step ${step}`);
        // Where nothing moves, no colour is on its way to another.
        if (reducedMotion === 'reduce') await isClean(page, `step ${step}`);
        if (step < steps) await page.getByRole('button', { name: /^Next: / }).click();
      }
      await expect(page.getByRole('button', { name: 'This is the last step' })).toBeVisible();
    });
  }
}

const packets = (page: Page) => page.getByRole('row', { name: /\b(TCP|UDP|IP)\b/ });

/** Each quiz gets its first answer, and explains it. */
async function answerQuizzes(page: Page): Promise<void> {
  const check = page.getByRole('button', { name: 'Check', exact: true });
  for (let left = await check.count(); left > 0; left--) {
    const quiz = page.locator('div').filter({ has: check.first() }).last();
    await quiz.getByRole('radio').first().check();
    await quiz.getByRole('button', { name: 'Check', exact: true }).click();
    await expect(check).toHaveCount(left - 1);
  }
}

/** Each prediction gets its last option. Before the last is locked in, nothing has been sent. */
async function predict(page: Page): Promise<number> {
  const lock = page.getByRole('button', { name: 'Lock in and watch' });
  const count = await lock.count();
  for (let left = count; left > 0; left--) {
    await expect(page.getByRole('button', { name: 'Show me the frame' })).toHaveCount(0);
    await expect(packets(page)).toHaveCount(0);
    const question = page.locator('div').filter({ has: lock.first() }).last();
    await question.getByRole('radio').last().check();
    await question.getByRole('button', { name: 'Lock in and watch' }).click();
    await expect(lock).toHaveCount(left - 1);
  }
  return count;
}

/** The run is there, says that it is modelled, and has graded every prediction of the step. */
async function watch(page: Page): Promise<void> {
  await expect(page.getByText('modelled: from the simulator').first()).toBeVisible();
  const graded = page.getByText(/Your prediction (holds|does not hold)\./);
  const predictions = page.getByText(/^You said “/);
  await expect(graded).toHaveCount(await predictions.count());
  await expect(graded.first()).toBeVisible();
  await show(page.getByRole('button', { name: 'To the newest' }));
  await expect(packets(page).first()).toBeAttached();
}

async function show(button: Locator): Promise<void> {
  if (await button.isEnabled()) await button.click();
}
