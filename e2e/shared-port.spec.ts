// Promise: where only one port can be had, labs share it with the app, and a whole run still works.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, freePort, Server, test } from './server.ts';

test('a run over a shared port connects, upgrades and is seen whole', async ({ page }) => {
  const data = await mkdtemp(join(tmpdir(), 'wirelight-e2e-'));
  const server = new Server(await freePort(), 'same', data);
  await server.start();
  await page.goto(`${server.origin}/demos/handshake`);
  // Kept-alive connections to the app are now idle, and the browser will want to use them again.
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 45_000 });
  // Where the playhead is at the newest already, the button does nothing.
  await page.getByRole('button', { name: /the newest$/ }).dispatchEvent('click');
  await expect(page.getByRole('row').filter({ hasText: 'close' }).first()).toBeVisible({
    timeout: 45_000,
  });
  const said = page.getByRole('note');
  await expect(said).toContainText('share one port');
  await expect(said).not.toContainText('proxy');
  await server.stop();
  await rm(data, { recursive: true, force: true });
});
