// Promise: a learner lays a run of a real kernel beside the model's, recorded or observed now, on a phone and
// on a laptop; each lane says which it is, and she is told where the two differ.

import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { whyNoKernelLink } from '../server/kernel/rights.ts';
import { readTransitFile } from '../src/capture/transit-file.ts';
import { expect, test } from './server.ts';

const SCREENS = {
  'on a phone': { width: 360, height: 740, theme: 'light' },
  'on a laptop': { width: 1280, height: 800, theme: 'dark' },
} as const;

const toTheEnd = (page: Page) => page.getByRole('button', { name: 'To the newest' }).click();
const differences = (page: Page) => page.getByRole('region', { name: 'Where they differ' });
const picture = (page: Page) =>
  page.getByRole('figure', { name: 'Packets between the client and the server' });
const frames = (page: Page) => page.getByRole('grid', { name: 'Frames, use the arrow keys' });
const row = (page: Page, name: string) =>
  differences(page).getByRole('row').filter({ hasText: name });

async function fits(page: Page): Promise<void> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}

for (const [where, { width, height, theme }] of Object.entries(SCREENS)) {
  test(`a recorded run stands beside the model, ${where}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: theme });
    await page.goto('/demos/tcp?loss=middle');
    await page.getByLabel('Beside the model').selectOption('recorded');
    await expect(page).toHaveURL(/beside=recorded/);
    await expect(picture(page).getByText('the model', { exact: false }).first()).toBeVisible();
    await expect(picture(page).getByText('modelled', { exact: true })).toBeVisible();
    await expect(picture(page).getByText('recorded', { exact: true })).toBeVisible();
    await expect(differences(page)).toContainText('Play to the end');
    await toTheEnd(page);
    await expect(row(page, 'Lost on the way')).toContainText('11');
    await expect(row(page, 'Bytes sent')).toContainText('2000020000');
    await expect(row(page, 'All of them had arrived at').getByRole('cell')).toHaveText([
      /^\d+\.\d ms$/,
      /^\d+\.\d ms$/,
    ]);
    await expect(differences(page)).toContainText(/On the kernel the last byte was there/);
    await expect(page.getByRole('row', { name: /the kernel: FIN/ })).not.toHaveCount(0);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export the kernel’s packets' }).click();
    const exported = new Uint8Array(await readFile(await (await download).path()));
    expect(readTransitFile(exported)).toHaveLength(34);
    await fits(page);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });

  test(`both lanes of both, ${where}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.goto('/demos/tcp-vs-udp?workload=call&trouble=burst&beside=recorded');
    for (const lane of ['UDP', 'TCP']) {
      await expect(picture(page).getByText(`${lane}, the modelmodelled`)).toBeAttached();
      await expect(picture(page).getByText(`${lane}, the kernelrecorded`)).toBeAttached();
    }
    await toTheEnd(page);
    await expect(differences(page)).toContainText('Nobody sent one again.');
    await fits(page);
  });
}

test('where no recording has the settings, it says so and offers those that have', async ({
  page,
}) => {
  await page.goto('/demos/tcp?loss=ack&beside=recorded');
  await expect(page.getByText('No recording has these settings.')).toBeVisible();
  await page.getByRole('button', { name: 'the SYN lost' }).click();
  await expect(page).toHaveURL(/loss=syn/);
  await expect(picture(page).getByText('recorded', { exact: true })).toBeVisible();
  await toTheEnd(page);
  await expect(differences(page)).toContainText('On the kernel the last byte was there');
});

test('what no kernel runs is said', async ({ page }) => {
  await page.goto('/demos/tcp?reader=pauses&beside=recorded');
  await expect(page.getByText(/The slow reader is not run on the kernel/)).toBeVisible();
});

test('the lesson lays the recording beside its model', async ({ page }) => {
  await page.goto('/lessons/tcp/3');
  for (const answer of [
    'The same acknowledgement number, again and again',
    'The client sends them again',
  ]) {
    await page.getByLabel(answer, { exact: true }).check();
    await page.getByRole('button', { name: 'Lock in and watch' }).first().click();
  }
  await page.getByRole('button', { name: 'Run it again' }).click();
  await expect(picture(page).getByText('recorded', { exact: true })).toBeVisible();
  await toTheEnd(page);
  await expect(differences(page)).toContainText('On the kernel the last byte was there');
});

const why = whyNoKernelLink();

test(
  why === undefined
    ? 'the kernel loses exactly the packet that is named, now'
    : 'what the kernel needs is said',
  async ({ page }) => {
    await page.goto('/demos/tcp?size=4000&delay=5&beside=now');
    if (why !== undefined) {
      await page.getByRole('button', { name: 'Run on the server’s kernel' }).click();
      await expect(page.getByText('This server cannot use its kernel for it.')).toBeVisible();
      return;
    }
    await toTheEnd(page);
    await frames(page).press('Home');
    await page.getByRole('row', { name: /data 1449 to 2896/ }).click();
    await page.getByRole('button', { name: /^Lose exactly this packet/ }).click();
    await expect(page).toHaveURL(/loss=these/);
    await expect(page).toHaveURL(/drop=4/);
    await page.getByRole('button', { name: 'Run on the server’s kernel' }).click();
    await expect(picture(page).getByText('observed', { exact: true })).toBeVisible({
      timeout: 60_000,
    });
    await expect(page.getByText(/^Observed on Linux \d/)).toBeVisible();
    await toTheEnd(page);
    await expect(row(page, 'Lost on the way')).toContainText('11');
    await frames(page).press('Home');
    const lost = page.getByRole('row', { name: /the kernel: data 1449 to 2896.*lost on the link/ });
    // Where the packet stands in the list is the kernel's affair, and only what is in sight is there.
    await expect(async () => {
      await frames(page).press('ArrowDown');
      expect(await lost.count()).toBe(1);
    }).toPass();
  },
);
