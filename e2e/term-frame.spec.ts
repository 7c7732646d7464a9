// Promise: from a term it is one press to a frame that carries it, with the field selected.

import { expect, test } from './server.ts';

for (const [term, field] of [
  ['masking-key', 'Masking key'],
  ['sack', 'SACK'],
] as const) {
  test(`${term} is seen in a frame`, async ({ page }) => {
    await page.goto(`/glossary/${term}`);
    await page.getByRole('link', { name: 'See it in a frame' }).click();
    const chosen = page.getByRole('treeitem', { selected: true });
    await expect(chosen).toContainText(field, { timeout: 30_000 });
    await expect(page.getByRole('row', { selected: true })).toBeVisible();
  });
}
