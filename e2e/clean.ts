// What every page promises to everybody: axe finds nothing, and nothing is wider than the window.

import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * axe finds no violation in the page, or in what `part` selects. Its "legacy mode" leaves out frames of other origins,
 * which no page of ours has, and opens no second page for the result: a third of the time.
 */
export async function isClean(page: Page, what: string, part?: string): Promise<void> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await (part ? axe.include(part) : axe).analyze();
  expect(violations.map(({ id, nodes }) => `${what}: ${id}: ${nodes[0]?.html}`)).toEqual([]);
}

/** The page needs no scrolling sideways. */
export async function fits(page: Page, what: string): Promise<void> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, what).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}
