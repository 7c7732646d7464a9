// Promise: the lesson shows TCP's acknowledgement of a message that no program handled, recorded with
// tcpdump and marked so, with every byte at hand, also by keyboard.

import { fits, isClean } from './clean.ts';
import { expect, test } from './server.ts';

for (const width of [360, 1280]) {
  test(`the recorded packets answer the prediction, at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto('/lessons/missed-events/8');
    const group = page.getByRole('group', { name: /goes to a program that is stopped/ });
    await group.getByLabel('TCP’s acknowledgement and the program’s', { exact: true }).check();
    await page.getByRole('button', { name: 'Lock in and look' }).click();
    await expect(
      page.getByRole('status').filter({ hasText: /no acknowledgement by the program/ }),
    ).toContainText(/but TCP’s acknowledgement of all its bytes .* does not hold/);
    const exhibit = page.getByRole('region', { name: 'The recorded packets' });
    await expect(exhibit).toContainText('recorded');
    await expect(exhibit.getByRole('row', { selected: true })).toContainText('TCP');
    await exhibit.getByRole('grid', { name: /^Frames/ }).focus();
    await page.keyboard.press('ArrowUp');
    await expect(exhibit.getByRole('row', { selected: true })).toContainText('event "news"');
    await expect(exhibit.getByRole('tree')).toContainText(/Ethernet/);
    await isClean(page, 'the exhibit', '[aria-label="The recorded packets"]');
    await fits(page, 'the exhibit');
    await exhibit.screenshot({ path: `test-results/tcp-ack-${width}.png` });
  });
}
