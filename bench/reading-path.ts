// What the reading path loads: bytes of script, style and font that the browser asked for before the
// first paint of the first lesson, and what came after. Run: npm run bench:reading-path

import { chromium } from '@playwright/test';
import { launchOptions } from './browser.ts';
import { startServer } from './server.ts';

interface Row {
  readonly name: string;
  readonly bytes: number;
  readonly isBeforePaint: boolean;
}

const server = await startServer();
const browser = await chromium.launch(launchOptions());
const page = await browser.newPage();
await page.goto(`${server.origin}/lessons/does-socketio-use-http`);
await page.getByRole('heading', { level: 1 }).waitFor();
await page.waitForLoadState('networkidle').catch(() => undefined);
const rows = await page.evaluate((): Row[] => {
  const paint =
    performance.getEntriesByName('first-contentful-paint')[0]?.startTime ??
    Number.POSITIVE_INFINITY;
  return performance
    .getEntriesByType('resource')
    .filter(
      (entry): entry is PerformanceResourceTiming => entry instanceof PerformanceResourceTiming,
    )
    .filter(({ name }) => /\.(?:js|css|woff2?)$/.test(new URL(name).pathname))
    .map((entry) => ({
      name: new URL(entry.name).pathname.replace('/assets/', ''),
      bytes: entry.encodedBodySize,
      isBeforePaint: entry.startTime < paint,
    }));
});
await browser.close();
await server.stop();

for (const isBeforePaint of [true, false]) {
  const part = rows.filter((row) => row.isBeforePaint === isBeforePaint);
  console.log(
    isBeforePaint ? 'Asked for before the first paint' : 'Asked for after the first paint',
  );
  for (const { name, bytes } of part) console.log(`  ${kilobytes(bytes)}  ${name}`);
  console.log(`  ${kilobytes(part.reduce((sum, { bytes }) => sum + bytes, 0))}  together`);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1).padStart(7)} kB`;
}
