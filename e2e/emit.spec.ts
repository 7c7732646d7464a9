// Promise: one click can be followed from the program's line over the wire to the screens that show
// it, and the predictions about it are graded by the learner's own clients.

import type { Page } from '@playwright/test';
import { expect, test } from './server.ts';

const LESSON = '/lessons/emit';

async function run(page: Page, query = ''): Promise<void> {
  await page.goto(`/demos/emit${query}`);
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 45_000 });
  await page.getByRole('button', { name: 'To the newest' }).click();
}

const screen = (page: Page, who: string) =>
  page
    .getByRole('list', { name: 'What each client shows' })
    .getByRole('listitem')
    .filter({ hasText: who })
    .first();

test('what the learner types is what every screen shows, and the lines that ran say so', async ({
  page,
}) => {
  await run(page, '?text=Hello+from+row+two');
  for (const who of ['you', 'Ada', 'Grace']) {
    await expect(screen(page, who)).toContainText('Hello from row two');
  }
  await expect(screen(page, 'you')).toContainText('the server has it (acknowledgement)');
  const server = page.getByRole('figure', { name: 'The server’s program' });
  const ran = server.getByRole('listitem').filter({ hasText: 'io.emit(' });
  await expect(ran).toContainText('ran once');
  await expect(
    server.getByRole('listitem').filter({ hasText: 'socket.broadcast' }),
  ).not.toContainText('ran');

  await ran.getByRole('button', { name: /show the frame/ }).click();
  await expect(page.getByRole('row', { selected: true })).toContainText('event "say"');
});

test('who hears it depends on whom it is for', async ({ page }) => {
  await run(page, '?target=front+row&text=psst');
  await expect(screen(page, 'Ada')).toContainText('psst');
  await expect(screen(page, 'Grace')).toContainText('shows nothing yet');
  await expect(screen(page, 'you')).not.toContainText('psst');
});

test('an ordinary event waits for the connection, a volatile one does not', async ({ page }) => {
  await run(page, '?click=before&text=early&clients=2');
  await expect(screen(page, 'Ada')).toContainText('early');
  await expect(screen(page, 'Grace')).toHaveCount(0);
  await run(page, '?click=before&text=early&kind=volatile');
  await expect(screen(page, 'Ada')).toContainText('shows nothing yet');
});

test('a client that cannot be written to misses what is volatile, and gets the rest later', async ({
  page,
}) => {
  test.slow();
  const hurry = 'text=look&grace=polls&presses=3&clients=4';
  const heard = (who: string) =>
    screen(page, who).getByRole('listitem').filter({ hasNotText: 'acknowledgement' });
  await run(page, `?${hurry}&target=everybody,+volatile`);
  await expect(screen(page, 'you').getByText('(acknowledgement)')).toHaveCount(3);
  // One that is sent while the last is still being written is lost on a WebSocket too.
  const grace = await heard('Grace').count();
  expect(grace).toBeGreaterThanOrEqual(1);
  expect(grace).toBeLessThan(3);
  for (const who of ['you', 'Ada', 'Mary']) {
    expect(await heard(who).count()).toBeGreaterThanOrEqual(grace);
  }
  await run(page, `?${hurry}`);
  for (const who of ['you', 'Ada', 'Grace', 'Mary']) await expect(heard(who)).toHaveCount(3);
});

test('the acknowledgement comes although a neighbour gets nothing, and the wire grades it', async ({
  page,
}) => {
  await page.goto(`${LESSON}/4`);
  const choose = async (question: RegExp, answer: string): Promise<void> => {
    const group = page.getByRole('group', { name: question });
    await group.getByLabel(answer, { exact: true }).check();
    await page.getByRole('button', { name: 'Lock in and watch' }).first().click();
  };
  await choose(/Will you get an acknowledgement/, 'No, because Grace did not get the text');
  await choose(/what does Grace get/, 'Nothing');
  const outcome = (text: RegExp) => page.getByRole('status').filter({ hasText: text });
  await expect(outcome(/The wire shows the acknowledgement.*does not hold/)).toBeVisible({
    timeout: 45_000,
  });
  await expect(outcome(/no “said” on it.*prediction holds/)).toBeVisible({ timeout: 45_000 });
});
