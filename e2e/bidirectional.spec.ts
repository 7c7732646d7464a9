// Promise: what each device of the room takes for true is what its own frames told it, old news is
// marked as old, and predictions about the room are graded by the learner's own devices.

import type { Page, Request } from '@playwright/test';
import { fits } from './clean.ts';
import { expect, test } from './server.ts';

async function run(page: Page, query = ''): Promise<void> {
  await page.goto(`/demos/bidirectional?${query}`);
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'To the newest' }).click();
}

/** One device of the room, by what its card begins with. */
const device = (page: Page, title: string) =>
  page
    .getByRole('list', { name: 'The room at this moment' })
    .getByRole('listitem')
    .filter({ hasText: new RegExp(`^${title}`) });

test('volume and source travel to every device, and the frame that told it can be seen', async ({
  page,
}) => {
  const told: string[] = [];
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => told.push(String(payload))),
  );
  await run(page);
  for (const title of ['Panel 1', 'Panel 2']) {
    await expect(device(page, title)).toContainText('Volume45');
    await expect(device(page, title)).toContainText('SourceHDMI 2');
    await expect(device(page, title)).toContainText('Roomsomebody is in');
  }
  await expect(device(page, 'Amplifier')).toContainText('Volume45');
  await expect(device(page, 'Display')).toContainText('SourceHDMI 2');
  await expect(page.getByText(/^(old|not so):/)).toHaveCount(0);
  // The browser's own account: each of the five devices was told that somebody is in.
  const first = told.filter((text) => /^42\["state",.*"occupied":true/.test(text));
  expect(new Set(first).size).toBeGreaterThan(0);
  expect(first.length % 5).toBe(0);

  await device(page, 'Panel 2').getByRole('button', { name: '45' }).click();
  await expect(page.getByRole('row', { selected: true })).toContainText('event "state"');
});

test('a server that answers at once makes the panels show what is not so', async ({ page }) => {
  await run(page, 'panel1=volume-90&panel2=nothing&answer=server');
  await expect(device(page, 'Panel 1')).toContainText('90not so: the amplifier says 70');
  await expect(device(page, 'Amplifier')).toContainText('Volume70');
  await run(page, 'panel1=volume-90&panel2=nothing&answer=device');
  await expect(device(page, 'Panel 1')).toContainText('Volume70');
  await expect(page.getByText(/^not so:/)).toHaveCount(0);
});

test('over polling three devices are in the room, and no more than six requests are open', async ({
  page,
}) => {
  // One a session and method: the browser may tell of the next request before it tells of the last one's end.
  const open = new Map<Request, string>();
  let most = 0;
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (!pathname.startsWith('/lab/') || searchParams.get('transport') !== 'polling') return;
    open.set(request, `${request.method()} ${pathname} ${searchParams.get('sid')}`);
    most = Math.max(most, new Set(open.values()).size);
  });
  for (const end of ['requestfinished', 'requestfailed'] as const) {
    page.on(end as 'requestfinished', (request) => void open.delete(request));
  }
  await run(page, 'transport=polling&hears=500');
  await expect(device(page, 'Panel 1')).toContainText('Roomsomebody is in');
  await expect(device(page, 'Sensor')).toContainText('Roomsomebody is in');
  await expect(device(page, 'Panel 2')).toHaveCount(0);
  expect(most).toBeGreaterThan(2);
  expect(most).toBeLessThanOrEqual(6);
  const asking = page
    .getByRole('figure', { name: 'The program of a panel' })
    .getByRole('listitem')
    .filter({ hasText: "socket.emit('state?', hear);" });
  await expect(asking).toContainText(/ran \d+ times/);

  // Back through the run to the moment at which the server knew and the panel had not asked yet.
  const isOld = device(page, 'Panel 1').getByText('old: the server says somebody is in');
  const back = page.getByRole('button', { name: '‹ frame' });
  for (let i = 0; i < 60 && !(await isOld.isVisible()); i++) await back.click();
  await expect(isOld).toBeVisible();
  await expect(device(page, 'Panel 1')).toContainText('Roomempty');
});

test('the wire grades what an acknowledgement proves while the amplifier is away', async ({
  page,
}) => {
  await page.goto('/lessons/bidirectional/8');
  const choose = async (question: RegExp, answer: string): Promise<void> => {
    const group = page.getByRole('group', { name: question });
    await group.getByLabel(answer, { exact: true }).check();
    await page.getByRole('button', { name: 'Lock in and watch' }).first().click();
  };
  await choose(/acknowledgement that it gets prove/, 'That the amplifier has the command');
  await choose(/What does the amplifier get/, 'The state of the room, once');
  const outcome = (text: RegExp) => page.getByRole('status').filter({ hasText: text });
  await expect(outcome(/no command to the amplifier.*does not hold/)).toBeVisible({
    timeout: 30_000,
  });
  await expect(outcome(/the state of the room, volume 45.*prediction holds/)).toBeVisible();
  await fits(page, 'with long programs on the stage');
});
