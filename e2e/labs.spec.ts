// Promises about labs: nobody sees another's bytes, an export holds no secret, a shared moment is
// seen by others as recorded, and reused connections are sorted out without the page noticing.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startRecordingProxy } from '../src/capture/testing/recording-proxy.ts';
import { expect, freePort, Server, test } from './server.ts';

async function runDemo(page: Page): Promise<void> {
  await page.goto('/demos/handshake');
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 45_000 });
}

async function exported(page: Page): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as pcapng' }).click(),
  ]);
  return readFile(await download.path(), 'latin1');
}

/** Every 256-bit secret that the server told this page, read off its WebSocket. */
function secretsOf(page: Page): string[] {
  const secrets: string[] = [];
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      for (const [, secret = ''] of String(payload).matchAll(
        /"(?:token|key|secret)":"([0-9a-f]{64})"/g,
      )) {
        secrets.push(secret);
      }
    });
  });
  return secrets;
}

test('two learners never see each other’s bytes, and an export holds no secret', async ({
  page,
  browser,
  baseURL,
}) => {
  const other = await (await browser.newContext(baseURL ? { baseURL } : {})).newPage();
  const secrets = [secretsOf(page), secretsOf(other)];
  await Promise.all([runDemo(page), runDemo(other)]);
  const files = [await exported(page), await exported(other)];
  const labs = files.map((file) => [
    ...new Set([...file.matchAll(/\/lab\/([a-z0-9]{10})\//g)].map(([, id]) => id)),
  ]);
  expect(labs.map((ids) => ids.length)).toEqual([1, 1]);
  expect(labs[0]).not.toEqual(labs[1]);
  expect(secrets.flat().length).toBeGreaterThanOrEqual(2);
  for (const secret of secrets.flat()) for (const file of files) expect(file).not.toContain(secret);
});

test('a tap is read by its owner only', async ({ page, request }) => {
  await runDemo(page);
  const [lab] = /\/lab\/[a-z0-9]{10}/.exec(await exported(page)) ?? [''];
  const address = `/api/labs/${lab.slice(5)}/capture.pcapng`;
  expect((await request.get(address)).status()).toBe(401);
  const headers = { authorization: `Bearer ${'0'.repeat(64)}` };
  expect((await request.get(address, { headers })).status()).toBe(403);
});

test('a shared moment opens elsewhere as recorded', async ({ page, browser }) => {
  await runDemo(page);
  await page.getByRole('button', { name: 'Share this moment' }).click();
  const link = await page.getByLabel(/Everybody with this link/).inputValue();
  const other = await (await browser.newContext()).newPage();
  await other.goto(link);
  await expect(other.getByText('recorded: a real capture made earlier')).toBeVisible();
  await expect(other.getByRole('row').nth(1)).toBeVisible();
});

test('lab A, lab B, lab A over reused connections: 408 is repeated, and every answer arrives', async ({
  browser,
}) => {
  const labPort = await freePort();
  // Between browser and front, byte for byte: DevTools do not show an answer that Chromium repeats.
  const wire = await startRecordingProxy(labPort);
  const origin = `http://localhost:${wire.port}`;
  const data = await mkdtemp(join(tmpdir(), 'wirelight-e2e-'));
  const server = new Server(await freePort(), labPort, data);
  await server.start();
  // The page may connect to the labs' port only, and this one is another.
  const page = await (await browser.newContext({ bypassCSP: true })).newPage();
  const seenByPage: number[] = [];
  page.on('response', (response) => seenByPage.push(response.status()));
  await page.goto(server.origin);
  const ids = await page.evaluate(openTwoLabs, '/socket.io/');
  const answers = await page.evaluate(
    async ({ origin, ids }) => {
      const seen: string[] = [];
      for (const id of [ids[0], ids[1], ids[0], ids[1]]) {
        const get = await fetch(`${origin}/lab/${id}/main/socket.io/?EIO=4&transport=polling`);
        const { sid } = JSON.parse((await get.text()).slice(1)) as { sid: string };
        const url = `${origin}/lab/${id}/main/socket.io/?EIO=4&transport=polling&sid=${sid}`;
        const post = await fetch(url, { method: 'POST', body: '40' });
        seen.push(`${get.status} ${post.status} ${await post.text()}`);
      }
      return seen;
    },
    { origin, ids },
  );
  expect(answers).toEqual(['200 200 ok', '200 200 ok', '200 200 ok', '200 200 ok']);
  expect(seenByPage).not.toContain(408);
  const repeated = wire.records.filter(
    (record) =>
      record.kind === 'chunk' &&
      record.direction === 'down' &&
      Buffer.from(record.bytes).toString('latin1').startsWith('HTTP/1.1 408 '),
  );
  expect(repeated.length).toBeGreaterThan(0);
  await server.stop();
  await wire.close();
  await rm(data, { recursive: true, force: true });
});

test('a server that started anew has no lab any more, and the page says so', async ({
  page,
  server,
}) => {
  await runDemo(page);
  // Labs with a port of their own are the usual place, of which nothing is said.
  await expect(page.getByRole('note')).toHaveCount(0);
  await server.stop();
  await server.start();
  await expect(page.getByRole('alert')).toContainText('This lab was taken down', {
    timeout: 45_000,
  });
  await expect(page.getByRole('row').nth(1)).toBeVisible();
});

/** Runs in the page: speaks just enough Socket.IO over a bare WebSocket to open two labs. */
async function openTwoLabs(path: string): Promise<string[]> {
  const socket = new WebSocket(`ws://${location.host}${path}?EIO=4&transport=websocket`);
  const ids: string[] = [];
  return new Promise((resolve) => {
    socket.onmessage = ({ data }) => {
      const text = String(data);
      if (text.startsWith('0{')) socket.send('40');
      const ask = { version: 2, lanes: { main: { exercise: 'hello', transports: ['polling'] } } };
      if (text.startsWith('40'))
        for (const id of [1, 2]) socket.send(`42${id}${JSON.stringify(['lab:open', ask])}`);
      if (!/^43\d/.test(text)) return;
      const [reply] = JSON.parse(text.replace(/^43\d+/, '')) as [{ value: { lab: string } }];
      ids.push(reply.value.lab);
      if (ids.length === 2) resolve(ids);
    };
  });
}
