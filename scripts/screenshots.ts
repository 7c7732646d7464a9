// Makes the pictures of docs/ and the README from the running product. Run: npm run screenshots

import { mkdir } from 'node:fs/promises';
import { chromium, type Page } from '@playwright/test';
import { launchOptions } from '../bench/browser.ts';
import { startServer } from '../bench/server.ts';

const FOLDER = process.argv[2] ?? 'docs/screenshots';
const WIDTHS = { phone: [360, 740], laptop: [1280, 800], wide: [1920, 1080] } as const;

const PAGES: Readonly<Record<string, (page: Page, origin: string) => Promise<unknown>>> = {
  home: (page, origin) => page.goto(`${origin}/`),
  lessons: (page, origin) => page.goto(`${origin}/lessons`),
  lesson: (page, origin) => page.goto(`${origin}/lessons/does-socketio-use-http`),
  demos: (page, origin) => page.goto(`${origin}/demos`),
  demo: runDemo,
  glossary: (page, origin) => page.goto(`${origin}/glossary`),
  term: (page, origin) => page.goto(`${origin}/glossary/websocket`),
  inspector: (page, origin) => page.goto(`${origin}/inspector`),
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
  await page.getByRole('row').nth(12).waitFor({ timeout: 20_000 });
}

async function startClass(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/teach`);
  await page.getByRole('button', { name: 'Start a class' }).click();
  await page.waitForURL(/\/teach\/[^/]+/);
}
