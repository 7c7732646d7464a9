// Promise: a moment that the instructor finds in her own run is on every screen, at the same instant and
// marked as recorded; who looks around is told of what she misses, and one press brings her back to it.

import type { Page } from '@playwright/test';
import { isAt, join, pushStep, startClass } from './classroom.ts';
import { expect, test } from './server.ts';

/** Where the playhead stands, as the transport bar says it. */
const clock = (page: Page) => page.getByRole('group', { name: 'Playback' }).locator('output');

const bar = (page: Page) => page.getByRole('region', { name: 'Your class' });

/** Runs the demo in the console and stops at a frame of it. */
async function findMoment(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open From HTTP to WebSocket here' }).click();
  const panel = page.getByRole('region', { name: 'Demo to show' });
  await panel.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(panel.getByText(/^The run is over/)).toBeVisible({ timeout: 30_000 });
  await panel
    .getByRole('grid')
    .getByRole('row')
    .filter({ hasText: '101 Switching Protocols' })
    .first()
    .click();
  await panel.getByRole('button', { name: 'next frame' }).click();
}

/** The learner's screen is the instructor's moment, and says that it is a recording. */
async function isAtMoment(page: Page, time: string): Promise<void> {
  await expect(clock(page)).toContainText(time, { timeout: 15_000 });
  await expect(page.getByRole('row', { selected: true })).toContainText('101 Switching Protocols');
  await expect(page.getByText(/^recorded/).first()).toBeVisible();
  await expect(page.getByText(/^observed at the server/)).toHaveCount(0);
}

test('a moment of a demo is on every screen at the same instant, also for who joins late', async ({
  page,
  browser,
  baseURL,
}) => {
  const code = await startClass(page);
  const origin = baseURL ?? '';
  const ada = await join(browser, origin, code, 'Ada');
  const ben = await join(browser, origin, code, 'Ben');
  await findMoment(page);
  const time = (await clock(page).locator('span').first().textContent()) ?? '';
  expect(time).toMatch(/\d/);
  await page.getByRole('button', { name: 'Show this moment' }).click();
  await expect(page.getByText('Pushed to the class: this moment')).toBeVisible();
  await expect(page.getByText('a recorded moment of “From HTTP to WebSocket”')).toBeVisible();
  await Promise.all([isAtMoment(ada, time), isAtMoment(ben, time)]);

  const late = await join(browser, origin, code, 'Cleo');
  await isAtMoment(late, time);

  // A console that was reloaded has no run, and goes on from what the class has.
  await page.reload();
  await page.getByRole('button', { name: 'Go on from it here' }).click();
  await isAtMoment(page, time);
  const slider = page.getByRole('slider', { name: 'Moment' });
  for (let i = 0; i < 4; i++) await slider.press('ArrowRight');
  await expect(clock(page)).not.toContainText(time);
  const before = (await clock(page).locator('span').first().textContent()) ?? '';
  // She who was about to play the old moment by key goes on from the new one, not from the page's top.
  await ada.getByRole('button', { name: 'Play', exact: true }).focus();
  await page.getByRole('button', { name: 'Show this moment' }).click();
  await Promise.all([ada, ben, late].map((learner) => isAtMoment(learner, before)));
  await expect(ada.getByRole('main')).toBeFocused();
});

test('who looks around is told of a push, and returns to the right place', async ({
  page,
  browser,
  baseURL,
}) => {
  const code = await startClass(page);
  const ada = await join(browser, baseURL ?? '', code, 'Ada');
  await pushStep(page, 2);
  await isAt(ada, 2);
  await expect(bar(ada)).toContainText(`Following class ${code}: step 2 of`);

  // On the class's own page: she goes on by herself, and a push does not tear her away.
  await ada.getByRole('button', { name: /^Next: / }).click();
  await isAt(ada, 3);
  await expect(bar(ada)).toContainText('The class is at step 2 of');
  await pushStep(page, 5);
  await expect(bar(ada)).toContainText('New from your instructor: the class is now at step 5 of');
  await isAt(ada, 3);
  await bar(ada).getByRole('button', { name: 'Return to the class' }).click();
  await isAt(ada, 5);

  // On another page, and by keyboard alone.
  await ada.getByRole('link', { name: 'Glossary' }).click();
  await expect(bar(ada)).toContainText('The class is at step 5 of');
  await pushStep(page, 6);
  await expect(bar(ada)).toContainText('New from your instructor: the class is now at step 6 of');
  await expect(ada.getByRole('heading', { level: 1, name: 'Glossary' })).toBeVisible();
  await bar(ada).getByRole('button', { name: 'Return to the class' }).focus();
  await ada.keyboard.press('Enter');
  await isAt(ada, 6);
  await pushStep(page, 7);
  await isAt(ada, 7);
});

test('an answer outlives that its step is pushed again', async ({ page, browser, baseURL }) => {
  const code = await startClass(page);
  const ada = await join(browser, baseURL ?? '', code, 'Ada');
  await pushStep(page, 2);
  const answer = ada.getByLabel('A WebSocket frame', { exact: true });
  await answer.check();
  await ada.getByRole('button', { name: 'Lock in and watch' }).first().click();
  await expect(answer).toBeDisabled();
  await pushStep(page, 3);
  await isAt(ada, 3);
  await pushStep(page, 2);
  await isAt(ada, 2);
  await expect(answer).toBeChecked();
  await expect(answer).toBeDisabled();
});

test('everybody can be let run a demo, and runs her own', async ({ page, browser, baseURL }) => {
  const code = await startClass(page);
  const ada = await join(browser, baseURL ?? '', code, 'Ada');
  await page.getByRole('button', { name: 'Open From HTTP to WebSocket here' }).click();
  await page.getByLabel('The client may use').selectOption('websocket');
  await page.getByRole('button', { name: 'Let everybody run it' }).click();
  await expect(ada.getByRole('heading', { name: 'From HTTP to WebSocket' })).toBeVisible();
  await expect(ada.getByLabel('The client may use')).toHaveValue('websocket');
  await ada.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(ada.getByText(/^observed/).first()).toBeVisible({ timeout: 20_000 });
  await expect(bar(ada)).toContainText('Following class');
});

test('leaving a class is asked, can be undone, and empties the seat', async ({
  page,
  browser,
  baseURL,
}) => {
  const code = await startClass(page);
  const ada = await join(browser, baseURL ?? '', code, 'Ada');
  await expect(page.getByText('1 of 1 here')).toBeVisible();
  await bar(ada).getByRole('button', { name: 'Leave' }).click();
  await bar(ada).getByRole('button', { name: 'Leave the class' }).click();
  await expect(page.getByText('0 of 1 here')).toBeVisible();
  await bar(ada).getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('1 of 1 here')).toBeVisible();
  await bar(ada).getByRole('button', { name: 'Leave' }).click();
  await bar(ada).getByRole('button', { name: 'Leave the class' }).click();
  await ada.reload();
  await expect(ada).toHaveURL(new RegExp(`/join/${code}$`));
});

test('the page survives rubbish in storage and names the class it is in', async ({
  page,
  browser,
  baseURL,
}) => {
  const code = await startClass(page);
  const ada = await join(browser, baseURL ?? '', code, 'Ada');
  await ada.evaluate(() => {
    const stored = JSON.parse(localStorage.getItem('wirelight.classes.1') ?? '{}');
    localStorage.setItem(
      'wirelight.classes.1',
      JSON.stringify({ ...stored, ZZZZ: null, '9999': 7, YYYY: { key: 'x'.repeat(64) } }),
    );
    localStorage.setItem('wirelight.visits.1', '[null, {"role":"king"}]');
  });
  await ada.goto('/glossary');
  await expect(bar(ada)).toContainText('The class is at');
  await bar(ada).getByRole('button', { name: 'Return to the class' }).click();
  await expect(bar(ada)).toContainText(`Following class ${code}`);
});

test('a code may be typed in any way, and what was typed is kept when it is wrong', async ({
  page,
}) => {
  const code = await startClass(page);
  await page.goto('/join');
  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel('Class code').fill('not a code');
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByLabel('Class code')).toBeFocused();
  await expect(page.getByLabel('Class code')).toHaveValue('not a code');
  await expect(page.getByLabel('Class code')).toHaveAccessibleDescription(
    /four letters and digits/,
  );
  await expect(page.getByLabel('Your name')).toHaveValue('Ada');
  const sloppy = `${code.slice(0, 2).toLowerCase()}-${code.slice(2).toLowerCase()} `;
  await page.getByLabel('Class code').fill(sloppy);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.waitForURL(`**/class/${code}`);
});

test('the instructor goes on by a key link, shows the code large, and forgets with an undo', async ({
  page,
  browser,
  baseURL,
}) => {
  const code = await startClass(page);
  await page.getByRole('button', { name: 'Show code full screen' }).click();
  const dialog = page.getByRole('dialog', { name: `Code of class ${code}` });
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await page.getByRole('button', { name: 'Show the key link' }).click();
  const link = await page.getByRole('textbox', { name: 'The key link' }).inputValue();
  const phone = await (await browser.newContext({ baseURL: baseURL ?? '' })).newPage();
  await phone.goto(link);
  await pushStep(phone, 2);
  await expect(page.getByRole('button', { name: /^Step 2 is live/ })).toBeVisible();

  await page.goto('/teach');
  await page.getByRole('button', { name: `Forget class ${code}` }).click();
  await expect(page.getByRole('link', { name: `Go on with class ${code}` })).toHaveCount(0);
  await page.getByRole('button', { name: `Undo: keep class ${code}` }).click();
  await page.getByRole('link', { name: `Go on with class ${code}` }).click();
  await expect(page.getByRole('button', { name: /^Step 2 is live/ })).toBeVisible();
});
