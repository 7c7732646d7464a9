// Promise: what the link lost is nowhere drawn as delivered, and with several clients each wire says
// whose it is.

import { expect, test } from './server.ts';

/** The link closes the connection right before that message is through. */
const cutBefore = (direction: string, type: string, name: string): string =>
  `x;1;close,${direction},@/main/websocket/${direction}/socketio/${type}/${name}/1/before/here/`;

for (const [what, script, row] of [
  ['an event to the server', cutBefore('up', 'event', 'hello'), 'event "hello"'],
  ['an answer to the browser', cutBefore('down', 'ack', ''), 'ack id 0'],
] as const) {
  test(`${what} that died in the link is told as lost in the list, the ladder and the sentence`, async ({
    page,
  }) => {
    const link = encodeURIComponent(script);
    await page.goto(`/demos/handshake?transports=websocket&link=${link}`);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 45_000 });
    await page.getByRole('button', { name: 'To the newest' }).click();
    const lost = page.getByRole('row', { name: new RegExp(`× lost: ${row}`) });
    await expect(lost).toHaveCount(1);
    await expect(lost).toContainText('link');
    await expect(lost).not.toContainText(/server|browser/);
    await lost.click();
    const ladder = page.getByRole('listbox', { name: /^Frames in time/ });
    await expect(ladder.getByRole('option')).toContainText('lost in the link');
    await expect(
      page.getByText(/sends .* It did not get there: it was lost in the link\./).first(),
    ).toBeAttached();
    // Everything else arrived.
    await expect(page.getByRole('row', { name: /× lost/ })).toHaveCount(1);
  });
}

test('each wire says whose it is', async ({ page }) => {
  await page.goto('/demos/emit');
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 45_000 });
  await page.getByRole('button', { name: 'To the newest' }).click();
  const stage = page.getByRole('figure', { name: /^Packets between/ });
  for (const who of ['you', 'Ada', 'Grace']) {
    await expect(stage.getByText(new RegExp(`^${who} :\\d+ · WebSocket`))).toBeVisible();
  }
  await page.goto('/demos/missed-events?length=1000&how=reset');
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(stage.getByText(/^The client buffers :\d+/).first()).toBeVisible({
    timeout: 45_000,
  });
});
