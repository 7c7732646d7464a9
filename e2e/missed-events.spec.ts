// Promise: the ledger of every strategy says what an independent count at both ends says. The browser's
// end is counted from its WebSocket frames, the server's by the program itself, over plain HTTP.

import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import type { Page } from '@playwright/test';
import { expect, test } from './server.ts';

const TITLES: Readonly<Record<string, string>> = {
  nothing: 'Nothing: at most once',
  buffer: 'The client buffers',
  volatile: 'Volatile',
  retry: 'Acknowledge and retry',
  recovery: 'Connection state recovery',
  offset: 'A log and offsets',
  dedupe: 'The same, and ids remembered',
};

/** Ids of all news that came to this page, by lane, and where each lane is. */
interface Heard {
  readonly news: Map<string, string[]>;
  readonly places: Map<string, string>;
}

function listen(page: Page): Heard {
  const heard: Heard = { news: new Map(), places: new Map() };
  page.on('websocket', (socket) => {
    const [, host, lab, lane] = /^ws:\/\/([^/]+)\/lab\/([^/]+)\/([^/]+)\//.exec(socket.url()) ?? [];
    if (lane === undefined) return;
    heard.places.set(lane, `http://${host}/lab/${lab}/${lane}/`);
    const ids = heard.news.get(lane) ?? [];
    heard.news.set(lane, ids);
    socket.on('framereceived', ({ payload }) => {
      const [, json] = /^42\d*(\[.*)$/s.exec(String(payload)) ?? [];
      if (json === undefined) return;
      const [event, message] = JSON.parse(json) as [string, { id?: string }];
      if (event === 'news' && message.id) ids.push(message.id);
    });
  });
  return heard;
}

async function run(page: Page, query: string): Promise<void> {
  await page.goto(`/demos/missed-events?${query}`);
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 45_000 });
  await page.getByRole('button', { name: 'To the newest' }).click();
  await expect(page.getByRole('button', { name: 'At the newest' })).toBeVisible();
}

/** The figures of one strategy as they stand in the table of one direction. */
async function figures(page: Page, caption: string, title: string): Promise<number[]> {
  const table = page.getByRole('table', { name: caption });
  const row = table.getByRole('row', { name: new RegExp(`^${title} `) });
  const cells = await row.getByRole('cell').allTextContents();
  return cells.slice(0, 4).map(Number);
}

interface Counts {
  readonly emitted: string[];
  readonly handled: string[];
  readonly known: string[];
}

/** On a connection of its own: a connection belongs to one lane. */
async function countsOf(place: string): Promise<Counts> {
  const [answer] = (await once(get(`${place}count`, { agent: false }), 'response')) as [
    IncomingMessage,
  ];
  return (await json(answer)) as Counts;
}

const SCRIPTS = {
  'a silence of three seconds': 'how=stall&length=3000&moment=middle',
  'a close, and three seconds of nobody': 'how=close&length=3000&moment=middle',
  'two short resets': 'how=reset&length=1000&moment=middle&times=twice',
};

for (const [name, query] of Object.entries(SCRIPTS)) {
  test(`every strategy’s ledger is what both ends count: ${name}`, async ({ page }) => {
    const heard = listen(page);
    await run(page, `strategy=all&rate=4&${query}`);
    let missing = 0;
    for (const [lane, title] of Object.entries(TITLES)) {
      const counts = await countsOf(heard.places.get(lane) ?? '');
      const news = heard.news.get(lane) ?? [];
      const arrived = new Set(news).size;
      const [delivered = -1, lost = -1, waiting = -1, repeats = -1] = await figures(
        page,
        'From the server to your browser',
        title,
      );
      const emitted = query.includes('twice') ? 40 : 20;
      expect(counts.emitted.length, `${lane} emitted`).toBe(emitted);
      expect(delivered, `${lane} news delivered`).toBe(arrived);
      expect(lost + waiting, `${lane} news lost`).toBe(counts.emitted.length - arrived);
      const remembers = lane === 'dedupe';
      expect(repeats, `${lane} news repeated`).toBe(remembers ? 0 : news.length - arrived);
      missing += lost;

      const up = await figures(page, 'From your browser to the server', title);
      const handled = new Set(counts.handled).size;
      expect(up[0], `${lane} reports delivered`).toBe(handled);
      expect((up[1] ?? 0) + (up[2] ?? 0), `${lane} reports lost`).toBe(emitted - handled);
      expect(up[3], `${lane} reports repeated`).toBe(counts.handled.length - handled);
      if (remembers) expect(counts.handled.length).toBe(handled);
    }
    // The outage was real: the strategies that keep nothing lost something.
    expect(missing).toBeGreaterThan(0);
  });
}
