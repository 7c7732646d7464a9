// Makes the pictures of docs/ and the README from the running product. Run: npm run screenshots

import { mkdir } from 'node:fs/promises';
import { chromium, type Page } from '@playwright/test';
import { launchOptions } from '../bench/browser.ts';
import { startServer } from '../bench/server.ts';

const FOLDER = process.argv[2] ?? 'docs/screenshots';
const ALL = { phone: [360, 740], laptop: [1280, 800], wide: [1920, 1080] } as const;
/** All sizes for looking at; two for the documentation, so that the repository stays small. */
const WIDTHS = process.argv[2] ? ALL : { phone: ALL.phone, laptop: ALL.laptop };

const PAGES: Readonly<Record<string, (page: Page, origin: string) => Promise<unknown>>> = {
  home: (page, origin) => page.goto(`${origin}/`),
  lessons: (page, origin) => page.goto(`${origin}/lessons`),
  lesson: playLesson,
  demos: (page, origin) => page.goto(`${origin}/demos`),
  demo: runDemo,
  emit: (page, origin) => runOf(page, `${origin}/demos/emit`, 'What each client shows'),
  'missed-events': (page, origin) =>
    runOf(page, `${origin}/demos/missed-events?strategy=buffer`, 'The account of every message'),
  queue: (page, origin) =>
    runOf(page, `${origin}/demos/queue?crash=after`, 'The queue at this moment'),
  'cut-here': cutHere,
  glossary: (page, origin) => page.goto(`${origin}/glossary`),
  term: (page, origin) => page.goto(`${origin}/glossary/websocket`),
  layers: (page, origin) => runOf(page, `${origin}/demos/layers`, 'Stage'),
  news: (page, origin) =>
    runOf(page, `${origin}/demos/polling-vs-websocket`, 'What each way costs'),
  tcp: simulate,
  inspector: openSample,
  join: (page, origin) => page.goto(`${origin}/join`),
  teach: (page, origin) => page.goto(`${origin}/teach`),
  console: startClass,
};

const server = await startServer();
const browser = await chromium.launch(launchOptions());
await mkdir(FOLDER, { recursive: true });
for (const theme of ['light', 'dark'] as const) {
  for (const [size, [width, height]] of Object.entries(WIDTHS)) {
    for (const [name, open] of Object.entries(PAGES)) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme });
      const page = await context.newPage();
      await open(page, server.origin);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: `${FOLDER}/${name}-${size}-${theme}.png` });
      await context.close();
      console.log(`${name}-${size}-${theme}.png`);
    }
  }
}
await browser.close();
await server.stop();

async function runDemo(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/demos/handshake`);
  await page.getByRole('button', { name: /^Run/ }).click();
  await page.getByRole('button', { name: 'Run again' }).waitFor({ timeout: 60_000 });
}

/** A run at its end, scrolled to what only this demo shows. */
async function runOf(page: Page, address: string, label: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('button', { name: 'Run again' }).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'To the newest' }).click();
  await page.getByLabel(label).first().scrollIntoViewIfNeeded();
}

/** The learner pointed at an event, and the run broke right behind it. */
async function cutHere(page: Page, origin: string): Promise<void> {
  await runOf(page, `${origin}/demos/handshake?transports=websocket`, 'Stage');
  // Only rows in view exist: from the top of the list.
  const hello = page.getByRole('row', { name: /event "hello"/ });
  await hello.last().click();
  await page.keyboard.press('Home');
  await hello.first().click();
  await page.getByRole('button', { name: 'Cut here and run again' }).click();
  await page.getByText('Reset cut the connection').waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'To the newest' }).click();
  await page.evaluate(() => scrollTo(0, 0));
}

async function simulate(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/demos/tcp?loss=middle`);
  await page.getByRole('button', { name: 'To the newest' }).click();
}

async function openSample(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/inspector`);
  await page.getByRole('button', { name: /^A handshake over HTTP/ }).click();
  await page.getByRole('row').nth(5).click();
}

async function startClass(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/teach`);
  await page.getByRole('button', { name: 'Start a class' }).click();
  await page.waitForURL(/\/teach\/[^/]+/);
}

/** Mid-flight: the prediction is locked in, and the playhead is on its way. */
async function playLesson(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/lessons/does-socketio-use-http/4`);
  await page.getByLabel('The response “101 Switching Protocols”').check();
  await page.getByRole('button', { name: 'Lock in and watch' }).click();
  await page.getByRole('row').filter({ hasText: 'pong' }).first().waitFor({ timeout: 60_000 });
}
