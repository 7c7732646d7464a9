// Promise: one source of news is heard in four ways, and the counters below the wire are what the
// browser itself counted; each lane hears every item once, and the lesson is graded by the run.

import type { Page } from '@playwright/test';
import { expect, test } from './server.ts';

async function run(page: Page, query = ''): Promise<void> {
  await page.goto(`/demos/polling-vs-websocket${query}`);
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'To the newest' }).click();
}

const counters = (page: Page) => page.getByRole('region', { name: 'What each way costs' });

async function value(page: Page, way: string, name: string): Promise<string> {
  const lane = counters(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: way }) });
  const row = lane.locator('div').filter({ has: page.getByText(name, { exact: true }) });
  return (await row.getByRole('definition').first().textContent()) ?? '';
}

test('the counters are what the browser’s own network log says', async ({ page }) => {
  const asked = new Map<string, number>();
  let frames = 0;
  page.on('request', (request) => {
    const [, lane] = /\/lab\/[^/]+\/([^/]+)\//.exec(request.url()) ?? [];
    if (lane) asked.set(lane, (asked.get(lane) ?? 0) + 1);
  });
  page.on('websocket', (socket) => {
    if (!socket.url().includes('/socket?')) return;
    socket.on('framereceived', () => frames++);
  });
  await run(page);
  for (const [lane, way] of [
    ['short', 'Short polling'],
    ['long', 'Long polling'],
    ['sse', 'Server-sent events'],
  ] as const) {
    expect(Number(await value(page, way, 'Requests')), way).toBe(asked.get(lane));
    expect(await value(page, way, 'Missed'), way).toBe('0');
  }
  expect(frames).toBe(8);
  // The two close frames are no messages, so the browser does not report them.
  expect(Number(await value(page, 'WebSocket', 'WebSocket frames'))).toBe(frames + 2);
  expect(await value(page, 'WebSocket', 'Missed')).toBe('0');
  await expect(counters(page).getByText('derived: computed from observed bytes')).toHaveCount(4);
});

test('compression is negotiated, seen on the wire and undone', async ({ page }) => {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  const agreed: string[] = [];
  client.on('Network.webSocketHandshakeResponseReceived', ({ response }) => {
    const name = Object.keys(response.headers).find((one) => /^sec-websocket-ext/i.test(one));
    if (name) agreed.push(response.headers[name] ?? '');
  });
  const codings = new Map<string, string>();
  page.on('response', (response) => {
    const [, lane] = /\/lab\/[^/]+\/([^/]+)\//.exec(response.url()) ?? [];
    if (lane && response.status() === 200)
      codings.set(lane, response.headers()['content-encoding'] ?? '');
  });
  // Opened for a field, the demo runs by itself and then stands where that field is.
  const query = 'compression=on&size=200&count=4&quiet=1&fifth=websocket';
  await page.goto(`/demos/polling-vs-websocket?${query}&see=websocket.compressed_payload`);
  const again = page.getByRole('button', { name: 'Run again', exact: true });
  await expect(again).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('tree')).toContainText('this message is compressed');
  await page.getByRole('button', { name: 'To the newest' }).click();
  expect(agreed).toEqual(Array(2).fill(expect.stringContaining('permessage-deflate')));
  expect(Object.fromEntries(codings)).toMatchObject({ short: 'gzip', long: 'gzip', sse: 'gzip' });
  for (const way of ['Server-sent events', 'WebSocket', 'Socket.IO']) {
    expect(await value(page, way, 'Missed'), way).toBe('0');
    expect(await value(page, way, 'Saved by compression'), way).toMatch(/^[1-9][\d,]* bytes$/);
  }
});

test('Socket.IO can be the fifth', async ({ page }) => {
  await run(page, '?fifth=polling&count=4&quiet=1');
  await expect(counters(page).getByRole('heading', { level: 3 })).toHaveCount(5);
  expect(await value(page, 'Socket.IO', 'Missed')).toBe('0');
});

test('after a cut the four ways miss nothing, and plain Socket.IO what came while it was away', async ({
  page,
}) => {
  let news = 0;
  page.on('websocket', (socket) => {
    if (!socket.url().includes('/socketio/')) return;
    socket.on('framereceived', ({ payload }) => {
      if (String(payload).startsWith('42["news"')) news++;
    });
  });
  await run(page, '?rate=5&count=20&quiet=1&fifth=websocket&cut=close');
  for (const way of ['Short polling', 'Long polling', 'Server-sent events', 'WebSocket']) {
    expect(await value(page, way, 'Missed'), way).toBe('0');
  }
  // Half a second passes until it is back, and nothing is kept for it: five items a second come.
  expect(news).toBeLessThan(20);
  expect(Number(await value(page, 'Socket.IO', 'Missed'))).toBe(20 - news);
});

test('the lesson is graded by the learner’s own run', async ({ page }) => {
  await page.goto('/lessons/polling-vs-websocket/3');
  const group = page.getByRole('group', { name: /What does a request of long polling look like/ });
  await group.getByLabel('It is answered at once, and repeated often', { exact: true }).check();
  await page.getByRole('button', { name: 'Lock in and watch' }).first().click();
  const outcome = page.getByRole('status').filter({ hasText: /answered after \d+ ms/ });
  await expect(outcome).toContainText('does not hold', { timeout: 60_000 });
});

test('after a cut each way comes back as it can, and the run says which was last', async ({
  page,
}) => {
  await page.goto('/lessons/polling-vs-websocket/7');
  const predict = async (question: RegExp, answer: string): Promise<void> => {
    const group = page.getByRole('group', { name: question });
    await group.getByLabel(answer, { exact: true }).check();
    await page.getByRole('button', { name: 'Lock in and watch' }).first().click();
  };
  await predict(/missed in the end/, 'None');
  await predict(/back last/, 'WebSocket');
  const outcome = (text: RegExp) => page.getByRole('status').filter({ hasText: text });
  await expect(outcome(/every item in every lane.*prediction holds/)).toBeVisible({
    timeout: 60_000,
  });
  await expect(outcome(/server-sent events after \d+ ms.*does not hold/)).toBeVisible();
});
