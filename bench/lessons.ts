// How long the page of a simulated lesson is busy when a setting is changed, and while the run plays: for
// every step of every lesson on the simulator, in the built product. Exit status 1 when a task is over
// the budget. Run: npm run bench:lessons, after npm run build

import { cpus, loadavg } from 'node:os';
import { type Browser, chromium, type Page } from '@playwright/test';
import { launchOptions } from './browser.ts';
import { type StepRun, stepRuns } from './lesson-steps.ts';
import { startServer } from './server.ts';
import { frameWork, percentile, taskTimes } from './trace.ts';

const DEMOS = ['packets', 'tcp', 'udp', 'tcp-vs-udp'];
/** ms of work of the main thread, in one task. */
const BUDGET = 50;
const PLAY_MS = 3_000;
/** Of the run; it plays from there. */
const LAST_PART = 0.7;
const CATEGORIES = [
  'toplevel',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'devtools.timeline.frame',
];

const server = await startServer();
const browser = await chromium.launch(launchOptions());
console.log(`Chromium ${browser.version()}, ${cpus().length} × ${cpus()[0]?.model}`);
console.log(
  row('', 'changes', 'work p50', 'most', 'wall most', 'to the end', 'playing p95', 'most', 'load'),
);
let isOver = false;
for (const step of stepRuns(DEMOS).filter(({ name }) => name.includes(process.argv[2] ?? ''))) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(`${server.origin}/demos/${step.address}`);
  await page.getByText(/^Simulated: \d+ packets/).waitFor();
  const changed = await turnEveryKnob(browser, page);
  await page.goto(`${server.origin}/demos/${step.address}`);
  const played = await play(browser, page);
  await page.close();
  report(step, changed, played);
}
await browser.close();
await server.stop();
console.log(`The budget is ${BUDGET} ms of work in a task: ${isOver ? 'missed' : 'kept'}.`);
process.exitCode = isOver ? 1 : 0;

interface Tasks {
  readonly changes: number;
  /** Of each change, the longest task: ms of work, and on the wall. */
  readonly work: readonly number[];
  readonly wall: readonly number[];
}

/** None where the machine was too busy to draw one in that time. */
function framesOf(trace: string): readonly number[] {
  try {
    return frameWork(trace).work;
  } catch {
    return [];
  }
}

interface Played {
  /** ms of work. */
  readonly jump: number;
  /** Of each frame. */
  readonly work: readonly number[];
}

/** Each setting to each of its values, one after another, each from where the step has it. */
async function turnEveryKnob(chrome: Browser, page: Page): Promise<Tasks> {
  const work: number[] = [];
  const wall: number[] = [];
  const knobs = page.locator('main select');
  const count = await knobs.count();
  for (let i = 0; i < count; i++) {
    const knob = knobs.nth(i);
    if ((await knob.locator('xpath=ancestor::section[@aria-label="Stage"]').count()) > 0) continue;
    const first = await knob.inputValue();
    const values = await knob
      .locator('option')
      .evaluateAll((all) => all.map((option) => (option as unknown as { value: string }).value));
    for (const value of [...values.filter((one) => one !== first), first]) {
      await chrome.startTracing(page, { categories: CATEGORIES });
      await knob.selectOption(value);
      await twoFrames(page);
      const times = taskTimes((await chrome.stopTracing()).toString('utf8'));
      work.push(Math.max(...times.work));
      wall.push(Math.max(...times.wall));
    }
  }
  return { changes: work.length, work, wall };
}

/** Until what the change brought is on the screen. */
async function twoFrames(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 50)));
      }),
  );
}

/** The jump to the end of the run, its longest task, and then its last part, where most is drawn. */
async function play(chrome: Browser, page: Page): Promise<Played> {
  const pause = page.getByRole('button', { name: 'Pause' });
  // A short run may be over before it can be paused.
  await pause.click({ timeout: 2_000 }).catch(() => undefined);
  await chrome.startTracing(page, { categories: CATEGORIES });
  await page.getByRole('button', { name: 'To the newest' }).click();
  await twoFrames(page);
  const jump = taskTimes((await chrome.stopTracing()).toString('utf8'));
  const slider = page.getByRole('slider').first();
  const box = await slider.boundingBox();
  if (!box) throw new Error('there is no slider to play from');
  await slider.click({ position: { x: box.width * LAST_PART, y: box.height / 2 } });
  // It may play on from there by itself.
  await twoFrames(page);
  const again = page.getByRole('button', { name: 'Play', exact: true });
  if (await again.isVisible()) await again.click();
  await chrome.startTracing(page, { categories: CATEGORIES });
  await page.waitForTimeout(PLAY_MS);
  const work = framesOf((await chrome.stopTracing()).toString('utf8'));
  return { jump: Math.max(...jump.work), work };
}

function report({ name }: StepRun, changed: Tasks, { jump, work }: Played): void {
  const most = Math.max(...changed.work);
  const longest = Math.max(0, ...work);
  if (Math.max(most, jump, longest) > BUDGET) isOver = true;
  const times = [
    percentile(changed.work, 0.5),
    most,
    Math.max(...changed.wall),
    jump,
    percentile(work, 0.95),
    longest,
  ];
  const load = loadavg()[0]?.toFixed(1) ?? '';
  console.log(row(name, changed.changes, ...times.map((ms) => ms.toFixed(1)), load));
}

function row(head: string, ...cells: readonly (string | number)[]): string {
  return `${head.padEnd(44)}${cells.map((cell) => String(cell).padStart(11)).join('')}`;
}
