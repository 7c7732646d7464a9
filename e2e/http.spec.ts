// Promise: the lesson about HTTP is graded by real exchanges, the browser's own and those of a text that
// goes out byte for byte by a client that says so, and reaches nothing but the learner's own lab.

import type { Page } from '@playwright/test';
import { fits, isClean } from './clean.ts';
import { expect, test } from './server.ts';

const table = (page: Page) => page.getByRole('region', { name: 'Requests and answers' });
const rows = (page: Page) =>
  table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('cell') });
const outcome = (page: Page, text: RegExp) => page.getByRole('status').filter({ hasText: text });

/** Where the picture may have come to by itself. */
async function toNewest(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(To|At) the newest$/ }).dispatchEvent('click');
  await expect(page.getByRole('button', { name: 'At the newest' })).toBeVisible();
}

async function run(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 45_000 });
  await toNewest(page);
}

async function predict(page: Page, question: RegExp, answer: string): Promise<void> {
  const group = page.getByRole('group', { name: question });
  await group.getByLabel(answer, { exact: true }).check();
  await page.getByRole('button', { name: 'Lock in and watch' }).first().click();
}

test('the exchanges are the browser’s own, as it says itself', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    const place = /\/lab\/[^/]+\/main(\/.*)$/.exec(request.url())?.[1];
    if (place) asked.push(`${request.method()} ${place}`);
  });
  await run(page, '/demos/http');
  await expect(rows(page)).toHaveCount(7);
  const shown = await rows(page).getByRole('rowheader').getByRole('button').allTextContents();
  expect(shown).toEqual(asked);
  // The wire says 304, and the page’s program was told 200 with the notes.
  await expect(rows(page).nth(1)).toContainText('304 Not Modified');
  await expect(rows(page).nth(1)).toContainText('200, 18 bytes');
  await expect(rows(page).last()).toContainText('after 3 chunks and an empty one');
  await rows(page).nth(1).getByRole('button', { name: '304 Not Modified' }).click();
  await expect(page.getByRole('row', { selected: true })).toContainText('304 Not Modified');
});

test('a request whose kept connection is reset is repeated by the browser, and the page is not told', async ({
  page,
}) => {
  await run(page, '/demos/http?breaks=reset');
  const posts = rows(page).filter({ hasText: 'POST /notes' });
  await expect(posts).toHaveCount(2);
  await expect(posts.first()).toContainText('died in the link');
  await expect(posts.first()).not.toContainText('201,');
  await expect(posts.last()).toContainText('201, 20 bytes');
  // The program's own next reading: the heading, and the note twice.
  await expect(rows(page).filter({ hasText: 'GET /notes' }).last()).toContainText('200, 58 bytes');
});

test('a text goes out as it is, by a client that says so', async ({ page }) => {
  await page.goto('/demos/raw-http');
  await page
    .getByLabel('Text', { exact: true })
    .fill('GET {lab}notes HTTP/1.1\nHost: lab\nX-Mine:  ü\n\n');
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 45_000 });
  await toNewest(page);
  const said = page.getByRole('region', { name: 'Said by the client' });
  await expect(said.getByText('X-Mine:  ü')).toBeVisible();
  await expect(said).toContainText(/GET \/lab\/[a-z0-9]{10}\/main\/notes HTTP\/1\.1CRLF/);
  await expect(page.getByText('Client on the server', { exact: true })).toBeVisible();
  await expect(page.getByText('from a client that it started for you')).toBeVisible();
  await expect(rows(page)).toContainText(['200 OK']);
});

test('what is malformed is refused, and the refusal says why', async ({ page }) => {
  await run(page, '/demos/raw-http?text=two-lengths');
  await expect(rows(page)).toContainText(['400 Bad Request']);
  await expect(rows(page)).toContainText(['disagree on where the body ends']);
  const answer = page.getByRole('region', { name: 'Said by the server' });
  await expect(answer).toContainText('both Transfer-Encoding and Content-Length are given');
});

test('a text for another place is turned away', async ({ page }) => {
  await run(
    page,
    `/demos/raw-http?text=${encodeURIComponent('GET /healthz HTTP/1.1\nHost: lab\n\n')}`,
  );
  await expect(rows(page)).toContainText(['421 Misdirected Request']);
});

test('the lesson is graded by the browser’s exchanges and by the text', async ({ page }) => {
  await page.goto('/lessons/http/4');
  await predict(page, /What will cross the wire/, 'A request, and the notes again');
  await predict(page, /be told of the second reading/, '200, with the notes');
  await expect(outcome(page, /304 Not Modified, with no body.*does not hold/)).toBeVisible({
    timeout: 45_000,
  });
  await expect(outcome(page, /304 for the second reading.*prediction holds/)).toBeVisible();

  await page.goto('/lessons/http/7');
  await expect(page.getByText('a client on the server says this text')).toBeVisible();
  await predict(page, /How will the two requests arrive/, 'Each in a piece of its own');
  await predict(page, /In which order/, 'The story first, as it was asked first');
  await expect(outcome(page, /in one piece of bytes.*does not hold/)).toBeVisible({
    timeout: 45_000,
  });
  await expect(outcome(page, /\/story, then \/notes.*prediction holds/)).toBeVisible();

  await page.goto('/lessons/http/8');
  await predict(page, /Which statuses/, '201 for a part of the note, then 400');
  await expect(outcome(page, /201 Created, then 400 Bad Request.*prediction holds/)).toBeVisible({
    timeout: 45_000,
  });
  await page.getByLabel('Text: begin with').selectOption('a note in chunks');
  await page.getByRole('button', { name: 'Run it again' }).click();
  await expect(page.getByText('The picture shows your changed run.')).toBeVisible({
    timeout: 45_000,
  });
  await expect(rows(page)).toContainText(['201 Created']);
});

test('without the server the lesson goes on with a recorded run', async ({ page, server }) => {
  await page.goto('/lessons/http/6');
  await expect(page.getByText('a client on the server says this text')).toBeVisible();
  // The recordings are fetched once there is something to read.
  await page.waitForResponse(/raw-no-host\.pcapng$/);
  await page.waitForLoadState('networkidle');
  await server.stop();
  await predict(page, /without Host/, '400, it refuses');
  await predict(page, /become of the connection/, 'The server closes it');
  await expect(page.getByText(/goes on with a run that was recorded earlier/)).toBeVisible({
    timeout: 45_000,
  });
  await expect(outcome(page, /400 Bad Request.*prediction holds/)).toBeVisible();
});

for (const [width, theme] of [
  [360, 'dark'],
  [1280, 'light'],
] as const) {
  const begin = async (page: Page): Promise<void> => {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  };

  test(`the demos can be used at ${width} px with reduced motion, ${theme}`, async ({ page }) => {
    await begin(page);
    for (const address of ['/demos/raw-http?text=too-short', '/demos/http']) {
      await run(page, address);
      await fits(page, address);
      await isClean(page, address);
    }
  });

  test(`the lesson can be read at ${width} px with reduced motion, ${theme}`, async ({ page }) => {
    await begin(page);
    for (let step = 1; step <= 9; step++) {
      await page.goto(`/lessons/http/${step}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await fits(page, `step ${step}`);
      if (step === 1 || step === 8) await isClean(page, `step ${step}`);
    }
  });
}
