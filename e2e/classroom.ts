// A class as its instructor and its learners use it: started, joined, and led through one lesson.

import type { Browser, BrowserContext, Page } from '@playwright/test';
import { expect } from './server.ts';

const LESSON = 'Socket.IO starts life as plain HTTP';
const STEPS = 9;

/** Starts a class and resolves with the class's code. */
export async function startClass(page: Page): Promise<string> {
  await page.goto('/teach');
  await page.getByRole('button', { name: 'Start a class' }).click();
  await page.waitForURL(/\/teach\/[^/]+$/);
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

export async function joinIn(context: BrowserContext, code: string, name: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`/join/${code}`);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.waitForURL(`**/class/${code}`);
  return page;
}

export const join = async (
  browser: Browser,
  origin: string,
  code: string,
  name: string,
): Promise<Page> => joinIn(await browser.newContext({ baseURL: origin }), code, name);

/** Pushes a step of the lesson, or pushes it again where it is live. */
export async function pushStep(page: Page, step: number, lesson = LESSON): Promise<void> {
  const heading = page.getByRole('heading', { name: lesson });
  await heading.waitFor();
  const sheet = page.locator('details').filter({ has: heading });
  if ((await sheet.getAttribute('open')) === null) await heading.click();
  await sheet
    .getByRole('button', { name: new RegExp(`^(Push step ${step} of |Step ${step} is live)`) })
    .click();
}

/** What a screen says that is at the step. */
export const stepWords = (step: number): string => `Step ${step} of ${STEPS}`;

export const isAt = (page: Page, step: number): Promise<void> =>
  expect(page.getByText(stepWords(step))).toBeVisible({ timeout: 15_000 });
