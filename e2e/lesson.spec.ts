// Promise: a student does the lesson from start to end, her predictions are graded by her own
// capture, by keyboard alone, and when the server goes away the lesson goes on and says so.

import type { Page } from '@playwright/test';
import { expect, test } from './server.ts';

const LESSON = '/lessons/does-socketio-use-http';

/** Chooses an answer of a question by its text, and locks it in. */
async function predict(page: Page, question: string, answer: string): Promise<void> {
  const group = page.getByRole('group', { name: question });
  await group.getByLabel(answer, { exact: true }).check();
  await page.getByRole('button', { name: 'Lock in and watch' }).first().click();
}

const outcome = (page: Page, text: RegExp) => page.getByRole('status').filter({ hasText: text });

test('predictions are graded by what this browser just exchanged', async ({ page }) => {
  await page.goto(`${LESSON}/2`);
  await predict(
    page,
    'The client may use HTTP and WebSocket. What is the first message it sends?',
    'A WebSocket frame',
  );
  await expect(
    outcome(page, /the first message is an ordinary HTTP request.*does not hold/),
  ).toBeVisible({ timeout: 45_000 });
  await expect(page.getByText('observed at the server, from your own connection')).toBeVisible();

  await page.getByRole('button', { name: 'Show me the frame' }).click();
  await expect(page.getByRole('row', { selected: true })).toContainText('GET /lab/');

  await page.goto(`${LESSON}/8`);
  await predict(
    page,
    'WebSocket only: what is the first message?',
    'An HTTP request that asks for the upgrade',
  );
  await expect(outcome(page, /Answer the other prediction of this step/)).toBeVisible();
  await expect(page.getByText('Nothing is on the wire yet.')).toBeVisible();
  await predict(page, 'And how many TCP connections does the session use now?', 'One');
  await expect(outcome(page, /asks for the upgrade at once.*prediction holds/)).toBeVisible({
    timeout: 45_000,
  });
  await expect(outcome(page, /1 TCP connection for one session.*prediction holds/)).toBeVisible();

  await page.getByRole('button', { name: 'Run it again' }).click();
  await expect(page.getByText('The picture shows your changed run.')).toBeVisible({
    timeout: 45_000,
  });
  await expect(
    page
      .getByRole('grid')
      .getByText(/POST \/lab/)
      .first(),
  ).toBeVisible();
  // The step asked about the run with WebSocket only; the changed run does not grade it.
  await expect(outcome(page, /1 TCP connection for one session.*prediction holds/)).toBeVisible();
});

test('what only the end of a run can tell is graded when her client has left', async ({ page }) => {
  await page.goto(`${LESSON}/7`);
  await predict(
    page,
    'Did every message of this run pass the server’s door in a piece of its own?',
    'No, some came together',
  );
  await predict(
    page,
    'Who answered the request for socket.io.js?',
    'The same server and port as the events',
  );
  await expect(
    outcome(page, /(arrived in one piece|in a piece of its own).*Your prediction/),
  ).toBeVisible({ timeout: 45_000 });
});

test('a learner says it in her own words and compares', async ({ page }) => {
  await page.goto(`${LESSON}/4`);
  await expect(page.getByText('What it means is told after your prediction.')).toBeVisible();
  await predict(
    page,
    'On the connection that becomes the WebSocket, which message is the last HTTP?',
    'The GET that asks for the upgrade',
  );
  const words = page.getByLabel(/^In your own words/);
  await expect(page.getByText('A good answer:')).toBeHidden();
  await words.fill('They agreed in HTTP to stop using HTTP.');
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByText('A good answer:')).toBeVisible();
  await page.reload();
  await expect(words).toHaveValue('They agreed in HTTP to stop using HTTP.');
});

test('nothing of the answer is shown before the prediction is locked in', async ({ page }) => {
  await page.goto(`${LESSON}/2`);
  await expect(page.getByText('Nothing is on the wire yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Lock in and watch' }).click({ force: true });
  await expect(page.getByText('Choose one first.')).toBeVisible();
  await expect(page.getByText('Nothing is on the wire yet.')).toBeVisible();
});

test('answers are kept over a reload', async ({ page }) => {
  await page.goto(LESSON);
  const group = page.getByRole('group', { name: /How many ports does the server need/ });
  await group.getByLabel('Forty').check();
  await page.getByRole('button', { name: 'Check' }).first().click();
  await expect(page.getByText('Not quite.')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Not quite.')).toBeVisible();
  await expect(group.getByLabel('Forty')).toBeChecked();
});

test('every step can be reached and answered by keyboard alone', async ({ page }) => {
  await page.goto(LESSON);
  for (let step = 1; step <= 9; step++) {
    await expect(page.getByText(`Step ${step} of 9`)).toBeVisible();
    const locks = page.getByRole('button', { name: /^(Lock in and watch|Check)$/ });
    for (let left = await locks.count(); left > 0; left--) {
      const question = page.locator('fieldset:not(:disabled)').first();
      await question.getByRole('radio').first().focus();
      await page.keyboard.press('Space');
      await locks.first().focus();
      await page.keyboard.press('Enter');
      await expect(locks).toHaveCount(left - 1);
      // The button is gone, and the focus is not lost with it, whatever is told in its place by now.
      await expect(page.locator('main [role=status]:focus')).toHaveCount(1);
    }
    const next = page.getByRole('button', { name: /^Next: / });
    if (step === 9) break;
    await next.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  }
  await expect(page.getByText('This is the last step')).toBeVisible();
  await expect(page.getByRole('link', { name: /^lesson 11: / })).toBeVisible();
});

test('when the server goes away the lesson goes on from a recording and says so', async ({
  page,
  server,
}) => {
  const isPrefetched = page.waitForResponse(/captures\/handshake-polling\.pcapng/);
  await page.goto(`${LESSON}/2`);
  await isPrefetched;
  await page.waitForLoadState('networkidle');
  await server.stop();
  await predict(
    page,
    'The client may use HTTP and WebSocket. What is the first message it sends?',
    'An ordinary HTTP request',
  );
  await expect(page.getByText('a run that was recorded earlier; it is not your own')).toBeVisible({
    timeout: 60_000,
  });
  await expect(outcome(page, /prediction holds/)).toBeVisible();
});

test('a term opens its definition in place', async ({ page }) => {
  await page.goto(LESSON);
  const term = page.getByRole('button', { name: 'Socket.IO', exact: true });
  await term.focus();
  await page.keyboard.press('Enter');
  await expect(term).toHaveAttribute('aria-expanded', 'true');
});
