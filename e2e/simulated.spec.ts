// Promise: packets can be seen on their way without any server's help, each marked as modelled, and a
// prediction about them is graded by the run.

import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './server.ts';

const outcome = (page: Page, text: RegExp) => page.getByRole('status').filter({ hasText: text });

async function lockIn(page: Page, question: RegExp, answer: string): Promise<void> {
  const group = page.getByRole('group', { name: question });
  await group.getByLabel(answer, { exact: true }).check();
  await page.getByRole('button', { name: 'Lock in and watch' }).first().click();
}

const toTheEnd = (page: Page) => page.getByRole('button', { name: 'To the newest' }).click();

test('a lost packet is drawn with its cause, and the message stays incomplete', async ({
  page,
}) => {
  await page.goto('/demos/packets?trouble=lost');
  await expect(page.getByText('modelled: from the simulator')).toBeVisible();
  await toTheEnd(page);
  const picture = page.getByRole('figure', { name: 'Packets between the client and the server' });
  await expect(picture).toContainText('lost on the link');
  const assembly = page.getByRole('region', { name: 'Put together at the receiver' });
  await expect(assembly).toContainText('without 2');
  await expect(page.getByText('never arrived')).toBeVisible();
  await assembly.getByRole('button', { name: /Piece 3/ }).click();
  await expect(page.getByRole('row', { selected: true })).toContainText('piece 3 of 3');
});

test('a knob is enough for another run: the same loss, repaired by TCP', async ({ page }) => {
  await page.goto('/demos/packets?trouble=lost');
  await page.getByLabel('Cut by').selectOption('tcp');
  await expect(page).toHaveURL(/cut=tcp/);
  await toTheEnd(page);
  await expect(page.getByRole('row', { name: /fast retransmission/ })).toBeVisible();
  await expect(page.getByText('complete.')).toBeVisible();
});

test('a protocol of the learner’s own is judged by what arrives', async ({ page }) => {
  await page.goto('/demos/udp?link=bad&number=yes&ack=yes&timeout=100');
  await toTheEnd(page);
  await expect(outcome(page, /Not good enough: handled out of order/)).toBeVisible();
  await page.getByLabel('Handle them').selectOption('in-order');
  await toTheEnd(page);
  await expect(outcome(page, /Everything is there, once and in order/)).toBeVisible();
});

test('the lesson grades predictions by the simulated run, without a lab', async ({ page }) => {
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  await page.goto('/lessons/tcp-vs-udp/3');
  await lockIn(page, /fourth value over UDP/, 'It comes late');
  await lockIn(page, /And over TCP/, 'It comes late');
  await expect(outcome(page, /never came over UDP.*does not hold/)).toBeVisible();
  await expect(outcome(page, /every message over TCP.*prediction holds/)).toBeVisible();
  await expect(page.getByText('modelled: from the simulator')).toBeVisible();
  expect(sockets).toEqual([]);
});

test('its capture is exported by the browser itself', async ({ page }) => {
  await page.goto('/demos/udp');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export as pcapng' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('wirelight-udp.pcapng');
  const bytes = readFileSync(await file.path());
  expect(bytes.readUInt32LE(0)).toBe(0x0a0d0d0a);
  expect(bytes.includes('Every packet is modelled')).toBe(true);
});

test('a link leads to the same moment of the same run', async ({ page }) => {
  await page.goto('/demos/udp?link=bad');
  await toTheEnd(page);
  await page.getByRole('row', { name: /lost on the link/ }).click();
  await page.getByRole('button', { name: 'Share this moment' }).click();
  const link = await page.getByLabel(/simulated anew/).inputValue();
  await page.goto(link);
  await expect(page.getByRole('row', { selected: true })).toContainText('lost on the link');
});

test('both ends of a TCP connection are shown at the moment of the playhead', async ({ page }) => {
  await page.goto('/demos/tcp?loss=middle');
  const ends = page.getByRole('region', { name: 'Both ends at this moment' });
  await expect(ends).toContainText('Server LISTEN');
  await toTheEnd(page);
  await expect(ends).toContainText('Client TIME-WAIT');
  await expect(ends).toContainText('read by the program20,000');
  const window = page.getByRole('figure', { name: 'The congestion window over time' });
  await expect(window.getByRole('listitem').first()).toContainText(
    'the acknowledgements show a loss',
  );
});

test('a packet is found in the plot of sequence numbers too', async ({ page }) => {
  await page.goto('/demos/tcp?loss=last&profile=textbook');
  await toTheEnd(page);
  const plot = page.getByRole('figure', { name: 'Sequence numbers over time' }).locator('svg');
  const size = await plot.boundingBox();
  if (!size) throw new Error('the plot is not there');
  // The last bytes are sent again a second later, alone in the upper right.
  const texts = await plot.locator('path[data-kind="again"]').getAttribute('d');
  const [, x = '0', y = '0'] = /^M([\d.]+) ([\d.]+)/.exec(texts ?? '') ?? [];
  await plot.click({ position: { x: Number(x) + 3, y: Number(y) + 3 } });
  await expect(page.getByRole('row', { selected: true })).toContainText('after timeout');
});

test('who waits in TCP’s queue is seen: bytes behind a hole that the program does not get', async ({
  page,
}) => {
  await page.goto('/demos/tcp-vs-udp?workload=call&trouble=burst');
  await toTheEnd(page);
  const ends = page.getByRole('region', { name: 'Both ends at this moment' });
  await expect(ends).toContainText('read by the program17,600');
  const before = page.getByRole('button', { name: 'frame before' });
  const waiting = ends.getByRole('listitem').filter({ hasText: 'behind a hole' });
  // Back, frame by frame, until something waits there.
  await expect(async () => {
    await before.click();
    await expect(waiting).toContainText(/[1-9]/, { timeout: 100 });
  }).toPass({ intervals: [0] });
  const lost = ends.getByRole('listitem').filter({ hasText: 'missing' });
  await expect(lost).toContainText(/[1-9]/);
});
