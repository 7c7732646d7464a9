// Promises to whoever runs the server.

import { expect, test } from './server.ts';

test('healthz answers, unknown addresses of the API say so in JSON', async ({ request }) => {
  expect(await (await request.get('/healthz')).json()).toEqual({ status: 'ok' });
  const missing = await request.get('/api/nothing');
  expect(missing.status()).toBe(404);
  expect(await missing.json()).toMatchObject({ code: 'not-found' });
});

test('no page and no answer sets a cookie', async ({ page, context }) => {
  await page.goto('/lessons/does-socketio-use-http');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await context.cookies()).toEqual([]);
});
